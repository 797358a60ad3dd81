//! Accounts and ARNs, as the IAM User Guide's "IAM identifiers" and AWS General Reference's "Amazon Resource Names"
//! define them.

use std::fmt;
use std::str::FromStr;

/// A twelve-digit AWS account id.
///
/// ```
/// use iam_evaluator::AccountId;
/// let id: AccountId = "111122223333".parse()?;
/// assert_eq!(id.as_str(), "111122223333");
/// assert!("1111".parse::<AccountId>().is_err());
/// # Ok::<(), iam_evaluator::InvalidAccountId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId([u8; 12]);

impl AccountId {
    /// The twelve digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The digits were checked when the id was made, so the empty string never comes out.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for AccountId {
    type Err = InvalidAccountId;

    fn from_str(text: &str) -> Result<Self, InvalidAccountId> {
        let digits: [u8; 12] = text.as_bytes().try_into().map_err(|_| InvalidAccountId)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(InvalidAccountId) }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not a twelve-digit account id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAccountId;

impl fmt::Display for InvalidAccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an account id has twelve digits")
    }
}

impl std::error::Error for InvalidAccountId {}

/// The six parts of an ARN: `arn:partition:service:region:account:resource`.
///
/// The sixth part is all the rest and may itself contain `:` and `/`.
///
/// ```
/// use iam_evaluator::Arn;
/// let arn = Arn::split("arn:aws:s3:::data/2026/a:b").unwrap();
/// assert_eq!((arn.service, arn.account, arn.resource), ("s3", "", "data/2026/a:b"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: &'a str,
    /// The service's prefix, such as `s3`.
    pub service: &'a str,
    /// The region, or nothing.
    pub region: &'a str,
    /// The owner's account id, or nothing (S3 buckets name none).
    pub account: &'a str,
    /// Everything behind the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits a text at its first five colons; `None` where it is not an ARN.
    #[must_use]
    pub fn split(text: &'a str) -> Option<Self> {
        let [arn, partition, service, region, account, resource] = split_fields(text)?;
        (arn == "arn" && !partition.is_empty() && !service.is_empty() && !resource.is_empty())
            .then_some(Self { partition, service, region, account, resource })
    }

    /// The account in the fifth part, where it is one.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        self.account.parse().ok()
    }
}

/// The six fields of a text with at least five colons.
pub(crate) fn split_fields(text: &str) -> Option<[&str; 6]> {
    let mut fields = text.splitn(6, ':');
    Some([
        fields.next()?,
        fields.next()?,
        fields.next()?,
        fields.next()?,
        fields.next()?,
        fields.next()?,
    ])
}
