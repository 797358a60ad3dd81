//! The stable names of the rules that a policy's text can break.

use super::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident;)*) => {
        /// The stable name of a rule that a policy's text breaks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DiagnosticCode {
            $($(#[$doc])* $variant,)*
        }

        impl DiagnosticCode {
            /// Every code, in the order in which a policy is read.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it is written in files and tests, in kebab-case.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Whether it takes AWS's catalogue of actions and keys to see that the rule is broken. Reading a policy
            /// reports no such code.
            #[must_use]
            pub fn needs_catalog(self) -> bool {
                matches!(
                    self,
                    Self::UnknownService
                        | Self::UnknownAction
                        | Self::KeyNotProvided
                        | Self::ActionWithoutResource
                        | Self::ResourceWithoutAction
                )
            }

            /// Whether AWS refuses such a policy or only people regret it.
            ///
            /// Where that differs by type of policy, [`Diagnostic::severity`](super::Diagnostic::severity) knows.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The text is not JSON.
    InvalidJson = "invalid-json", Error;
    /// A character that IAM does not accept in a policy.
    ForbiddenCharacter = "forbidden-character", Error;
    /// The text is longer than AWS's quota for this type of policy.
    TooLong = "too-long", Error;
    /// A member occurs twice in one object.
    DuplicateMember = "duplicate-member", Error;
    /// A value has the wrong JSON type.
    WrongType = "wrong-type", Error;
    /// An element that the policy language does not know.
    UnknownElement = "unknown-element", Error;
    /// An element that this type of policy must not contain.
    ForbiddenElement = "forbidden-element", Error;
    /// An element that this type of policy needs.
    MissingElement = "missing-element", Error;
    /// Two elements that exclude each other, such as `Action` and `NotAction`.
    ConflictingElements = "conflicting-elements", Error;
    /// A list without entries.
    EmptyList = "empty-list", Error;
    /// A `Version` other than `2012-10-17` and `2008-10-17`.
    InvalidVersion = "invalid-version", Error;
    /// No `Version`: the rules of 2008-10-17 apply, without policy variables.
    MissingVersion = "missing-version", Warning;
    /// A `Sid` with characters other than letters and digits.
    InvalidSid = "invalid-sid", Error;
    /// A `Sid` that another statement has.
    DuplicateSid = "duplicate-sid", Error;
    /// An `Effect` other than `Allow` and `Deny`, or one that this type of policy must not have.
    InvalidEffect = "invalid-effect", Error;
    /// An action that is not `service:Name`.
    InvalidAction = "invalid-action", Error;
    /// An action that this type of policy must not name.
    UnsupportedAction = "unsupported-action", Error;
    /// An action of a service that this type of policy has no effect on.
    UnsupportedService = "unsupported-service", Warning;
    /// `*:*`, which AWS does not document.
    UndocumentedAction = "undocumented-action", Warning;
    /// A resource that is not an ARN pattern.
    InvalidResource = "invalid-resource", Error;
    /// An ARN with fewer than six parts, whose missing parts count as `*`.
    ShortArn = "short-arn", Warning;
    /// A wildcard in the partition, the service or the resource type of an ARN.
    WildcardInArn = "wildcard-in-arn", Warning;
    /// A principal that no policy can name.
    InvalidPrincipal = "invalid-principal", Error;
    /// A type of principal that has no place in this type of policy.
    MisplacedPrincipal = "misplaced-principal", Warning;
    /// The unique id that a deleted user or role left behind.
    OrphanPrincipal = "orphan-principal", Warning;
    /// `NotPrincipal`, which denies every principal that has a permissions boundary.
    NotPrincipalUsed = "not-principal-used", Warning;
    /// `NotPrincipal` with `Allow`, which AWS does not support.
    NotPrincipalWithAllow = "not-principal-with-allow", Error;
    /// A `NotPrincipal` that exempts an identity but not its account.
    NotPrincipalWithoutAccount = "not-principal-without-account", Warning;
    /// `Allow` with `NotAction`, which grants everything that is not listed.
    AllowWithNotAction = "allow-with-not-action", Warning;
    /// `Allow` with `NotResource`, which grants everything that is not listed.
    AllowWithNotResource = "allow-with-not-resource", Warning;
    /// A condition operator that the policy language does not know.
    UnknownOperator = "unknown-operator", Error;
    /// `Null` with `IfExists` or a set operator.
    OperatorOnNull = "operator-on-null", Error;
    /// A condition operator written in an unusual letter case.
    OperatorCase = "operator-case", Warning;
    /// A `Condition` or an operator in it without any key, which always holds.
    EmptyCondition = "empty-condition", Warning;
    /// A condition key that AWS does not define.
    UnknownKey = "unknown-key", Warning;
    /// Two condition keys that differ only in letter case and so are one.
    DuplicateKeyCase = "duplicate-key-case", Warning;
    /// A condition value that its operator cannot read.
    InvalidConditionValue = "invalid-condition-value", Error;
    /// A date of four digits, which is not read as a year.
    AmbiguousDate = "ambiguous-date", Warning;
    /// An operator that does not fit the type of its key.
    OperatorType = "operator-type", Warning;
    /// A multivalued key whose operator has no `ForAllValues` or `ForAnyValue`.
    MissingSetOperator = "missing-set-operator", Warning;
    /// A multivalued key under a negated operator without `ForAllValues` or `ForAnyValue`.
    NegatedWithoutSetOperator = "negated-without-set-operator", Warning;
    /// `ForAllValues` or `ForAnyValue` with a key that has one value at most.
    SetOperatorOnSingleValue = "set-operator-on-single-value", Warning;
    /// `ForAllValues` that is also true when the key is missing.
    ForAllValuesWithoutNull = "for-all-values-without-null", Warning;
    /// `ForAnyValue` together with `IfExists`, which contradict each other for a missing key.
    ForAnyValueIfExists = "for-any-value-if-exists", Warning;
    /// `Bool` in a Deny that lets requests without the key through.
    BoolWithoutIfExists = "bool-without-if-exists", Warning;
    /// `*` or `?` under an operator for which they are plain characters.
    WildcardInEquals = "wildcard-in-equals", Warning;
    /// A wildcard in the value of a key that names one account, organization or network.
    WildcardInSensitiveKey = "wildcard-in-sensitive-key", Warning;
    /// A policy variable that is not closed or has no name.
    InvalidVariable = "invalid-variable", Error;
    /// `${…}` in a policy whose version knows no variables.
    VariableInOldVersion = "variable-in-old-version", Warning;
    /// `${…}` in a place where no variables are replaced.
    VariableNotReplaced = "variable-not-replaced", Warning;
    /// A policy variable of a key that can have several values.
    MultivaluedVariable = "multivalued-variable", Warning;
    /// A condition that no request can meet.
    ConditionNeverHolds = "condition-never-holds", Warning;
    /// A statement that covers no request.
    StatementNeverApplies = "statement-never-applies", Warning;
    /// A service that AWS's catalogue does not have.
    UnknownService = "unknown-service", Warning;
    /// An action, or a pattern of actions, that AWS's catalogue does not have.
    UnknownAction = "unknown-action", Warning;
    /// A condition key that is in no request for any of the statement's actions.
    KeyNotProvided = "key-not-provided", Warning;
    /// An action that works on none of the statement's resources.
    ActionWithoutResource = "action-without-resource", Warning;
    /// A resource that none of the statement's actions works on.
    ResourceWithoutAction = "resource-without-action", Warning;
}
