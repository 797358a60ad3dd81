//! Which names, paths and ids AWS accepts, and how ARNs are made of them.
//!
//! Patterns of the [Organizations API](https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html)
//! and of [IAM identifiers](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).

/// Decides whether this is an account id: 12 digits.
pub fn is_account_id(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// Decides whether this is the id of an organization: `o-` and 10 to 32 small letters or digits.
pub fn is_organization_id(id: &str) -> bool {
    id.strip_prefix("o-").is_some_and(|rest| is_small(rest, 10, 32))
}

/// Decides whether this is the id of a root: `r-` and 4 to 32 small letters or digits.
pub fn is_root_id(id: &str) -> bool {
    id.strip_prefix("r-").is_some_and(|rest| is_small(rest, 4, 32))
}

/// Decides whether this is the id of an organizational unit: `ou-`, the root's part, `-`, 8 to 32 small letters or digits.
pub fn is_organizational_unit_id(id: &str) -> bool {
    let parts = id.strip_prefix("ou-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(root, own)| is_small(root, 4, 32) && is_small(own, 8, 32))
}

/// Decides whether this is the id of a policy: `p-` and 8 to 128 letters, digits or underscores.
pub fn is_policy_id(id: &str) -> bool {
    let rest = id.strip_prefix("p-").unwrap_or_default();
    (8..=128).contains(&rest.len())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Decides whether IAM accepts this name: letters, digits and `_+=,.@-`, at most `longest` of them.
pub fn is_iam_name(name: &str, longest: usize) -> bool {
    (1..=longest).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

/// Decides whether IAM accepts this path: `/`, or `/` … `/` of at most 512 visible characters.
pub fn is_iam_path(path: &str) -> bool {
    path.len() <= 512
        && path.starts_with('/')
        && path.ends_with('/')
        && path.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Makes the ARN of something in an account's IAM: `kind` is `user`, `group`, `role` or `policy`.
///
/// ```
/// use iam_scenario::names::iam_arn;
///
/// assert_eq!(iam_arn("222222222222", "user", "/", "John"), "arn:aws:iam::222222222222:user/John");
/// ```
pub fn iam_arn(account: &str, kind: &str, path: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:{kind}{path}{name}")
}

fn is_small(text: &str, shortest: usize, longest: usize) -> bool {
    (shortest..=longest).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
