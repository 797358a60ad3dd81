//! What AWS would decide.
