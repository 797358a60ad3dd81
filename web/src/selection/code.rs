//! What is open as a short text, for links and for what the browser keeps: a letter for its kind, then its name.

use iam_scenario::{Identity, PolicyPlace};

use super::Selection;

impl Selection {
    /// Writes it; `None` for what is no place to come back to.
    pub fn code(&self) -> Option<String> {
        let code = match self {
            Selection::Scenario => "s".to_owned(),
            Selection::Target(id) => format!("t{id}"),
            Selection::Identity { account, identity } => {
                format!("i{account}/{}", identity_code(identity))
            }
            Selection::Policy { place, .. } => match place {
                PolicyPlace::Organization { policy } => format!("p{policy}"),
                PolicyPlace::Managed { arn } => format!("m{arn}"),
                PolicyPlace::Inline { account, identity, name } => {
                    format!("n{account}/{}/{name}", identity_code(identity))
                }
                PolicyPlace::Trust { account, role } => format!("a{account}/{role}"),
                PolicyPlace::Resource { account, arn } => format!("r{account}/{arn}"),
                _ => return None,
            },
            Selection::Request(_) => return None,
        };
        Some(code)
    }

    /// Reads it; it may lead to something that no document has.
    pub fn from_code(code: &str) -> Option<Selection> {
        let kind = code.chars().next()?;
        let rest = code.get(kind.len_utf8()..)?;
        let in_account = || rest.split_once('/').map(|(id, rest)| (id.to_owned(), rest));
        let place = match kind {
            's' => return Some(Selection::Scenario),
            't' => return Some(Selection::Target(rest.to_owned())),
            'i' => {
                let (account, identity) = in_account()?;
                return Some(Selection::Identity { account, identity: read_identity(identity)? });
            }
            'p' => PolicyPlace::Organization { policy: rest.to_owned() },
            'm' => PolicyPlace::Managed { arn: rest.to_owned() },
            'n' => {
                let (account, rest) = in_account()?;
                let (identity, name) = rest.split_once('/')?;
                let identity = read_identity(identity)?;
                PolicyPlace::Inline { account, identity, name: name.to_owned() }
            }
            'a' => {
                let (account, role) = in_account()?;
                PolicyPlace::Trust { account, role: role.to_owned() }
            }
            'r' => {
                let (account, arn) = in_account()?;
                PolicyPlace::Resource { account, arn: arn.to_owned() }
            }
            _ => return None,
        };
        Some(Selection::policy(place))
    }
}

fn identity_code(identity: &Identity) -> String {
    let kind = match identity {
        Identity::User(_) => 'u',
        Identity::Group(_) => 'g',
        Identity::Role(_) => 'r',
    };
    format!("{kind}{}", identity.name())
}

fn read_identity(code: &str) -> Option<Identity> {
    let (kind, name) = code.split_at_checked(1)?;
    match kind {
        "u" => Some(Identity::User(name.to_owned())),
        "g" => Some(Identity::Group(name.to_owned())),
        "r" => Some(Identity::Role(name.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_read_as_it_was_written() {
        let account = || "999999999999".to_owned();
        let identity = Identity::Role("Admin".into());
        let places = [
            PolicyPlace::Organization { policy: "p-denyec2dev".into() },
            PolicyPlace::Managed { arn: "arn:aws:iam::aws:policy/a/B".into() },
            PolicyPlace::Inline {
                account: account(),
                identity: identity.clone(),
                name: "It".into(),
            },
            PolicyPlace::Trust { account: account(), role: "Admin".into() },
            PolicyPlace::Resource { account: account(), arn: "arn:aws:s3:::a/b".into() },
        ];
        let mut all: Vec<Selection> = places.map(Selection::policy).into();
        all.push(Selection::Scenario);
        all.push(Selection::Target("r-corp".into()));
        all.push(Selection::Identity { account: account(), identity });
        for selection in all {
            let code = selection.code().unwrap();
            assert_eq!(Selection::from_code(&code), Some(selection), "{code}");
        }
    }

    #[test]
    fn any_other_text_is_nothing() {
        for code in ["", "x", "i", "i1", "i1/", "i1/x", "n1/u", "n1/uA", "é", "iä"] {
            assert_eq!(Selection::from_code(code), None, "{code}");
        }
        assert_eq!(Selection::Request(0).code(), None);
    }
}
