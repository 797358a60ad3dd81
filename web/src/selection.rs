//! What is open in the middle of the page.

mod code;

use iam_evaluator::explanation;
use iam_scenario::{Compiled, Document, Identity, PolicyPlace};

use crate::question::{self, Question};

/// What is open in the middle of the page, by the names that AWS gives things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// The scenario itself: title, description, requests.
    Scenario,
    /// The root, an organizational unit or an account, by its id.
    Target(String),
    /// A user, group or role of an account.
    Identity {
        /// The id of the account.
        account: String,
        /// Which one.
        identity: Identity,
    },
    /// A policy, wherever it stands; for [`PolicyPlace::Resource`] the resource with it.
    Policy {
        /// Where it stands.
        place: PolicyPlace,
        /// The statement to point at, by its place in the text's `Statement`.
        statement: Option<usize>,
    },
    /// A request of the scenario, by its place: it becomes the question.
    Request(usize),
}

impl yew::html::ImplicitClone for Selection {}

impl Selection {
    /// A policy without pointing at a statement.
    pub fn policy(place: PolicyPlace) -> Selection {
        Selection::Policy { place, statement: None }
    }

    /// An SCP or RCP by its id.
    pub fn organization_policy(id: &str) -> Selection {
        Selection::policy(PolicyPlace::Organization { policy: id.to_owned() })
    }

    /// The root, or the scenario where there is no organization.
    pub fn root(document: &Document) -> Selection {
        let root = document.organization().map(|organization| organization.root.id.clone());
        root.map_or(Selection::Scenario, Selection::Target)
    }

    /// What a page opens first: the statement that denies the first question, so that question, place in the tree and
    /// policy are seen at one glance; else the root.
    pub fn first(document: &Document) -> Selection {
        denying_statement(document).unwrap_or_else(|| Selection::root(document))
    }

    /// Reads what prose points at: the id of a root, OU, account, SCP or RCP, the ARN of a user, role or managed
    /// policy, or `request:` with the name of a request. `None` where the document has no such thing.
    pub fn parse(document: &Document, target: &str) -> Option<Selection> {
        if let Some(name) = target.strip_prefix("request:") {
            let at = document.requests().iter().position(|request| request.name == name)?;
            return Some(Selection::Request(at));
        }
        let selection = match target {
            _ if target.starts_with("p-") => Selection::organization_policy(target),
            _ if target.starts_with("arn:") => by_arn(document, target)?,
            _ => Selection::Target(target.to_owned()),
        };
        selection.exists(document).then_some(selection)
    }

    /// Whether the document has it: an edit or its undoing may have taken it away.
    pub fn exists(&self, document: &Document) -> bool {
        match self {
            Selection::Scenario => true,
            Selection::Target(id) => {
                document.account(id).is_some() || document.organizational_unit(id).is_some()
            }
            Selection::Identity { account, identity } => {
                document.account(account).is_some_and(|account| match identity {
                    Identity::User(name) => account.user(name).is_some(),
                    Identity::Group(name) => account.group(name).is_some(),
                    Identity::Role(name) => account.role(name).is_some(),
                })
            }
            Selection::Policy { place: PolicyPlace::Resource { account, arn }, .. } => document
                .account(account)
                .is_some_and(|account| account.resources.iter().any(|it| it.arn == *arn)),
            Selection::Policy { place, .. } => document.policy_text(place).is_some(),
            Selection::Request(index) => document.requests().get(*index).is_some(),
        }
    }

    /// What it lies in: where the page goes when it is gone.
    pub fn around(&self, document: &Document) -> Option<Selection> {
        let target = |id: &str| Selection::Target(id.to_owned());
        match self {
            Selection::Scenario => None,
            Selection::Target(id) => document.parent(id).map(|parent| target(&parent.id)),
            Selection::Identity { account, .. } => Some(target(account)),
            Selection::Policy { place, .. } => match place {
                PolicyPlace::Organization { .. } => {
                    document.organization().map(|organization| target(&organization.root.id))
                }
                PolicyPlace::Managed { arn } => {
                    arn.split(':').nth(4).filter(|id| document.account(id).is_some()).map(target)
                }
                PolicyPlace::Inline { account, identity, .. } => Some(Selection::Identity {
                    account: account.clone(),
                    identity: identity.clone(),
                }),
                PolicyPlace::Trust { account, role } => Some(Selection::Identity {
                    account: account.clone(),
                    identity: Identity::Role(role.clone()),
                }),
                PolicyPlace::Resource { account, .. } => Some(target(account)),
                _ => Some(Selection::Scenario),
            },
            Selection::Request(_) => Some(Selection::Scenario),
        }
    }

    /// This, or the nearest thing around it that the document has.
    pub fn or_around(&self, document: &Document) -> Selection {
        let mut selection = self.clone();
        while !selection.exists(document) {
            match selection.around(document) {
                Some(around) => selection = around,
                None => return Selection::Scenario,
            }
        }
        selection
    }
}

/// The first statement that denies the document's first request, where one does.
fn denying_statement(document: &Document) -> Option<Selection> {
    let question = Question::of(document, 0)?;
    let compiled = Compiled::new(document);
    let answer = question::ask(&compiled, &question).ok()?;
    let causes = explanation::causes(compiled.organization(), &answer.request, &answer.evaluation);
    causes.into_iter().find_map(|cause| {
        let policy = cause.policy?;
        let written = policy.document.statements.get(cause.statement?)?.index;
        let place = compiled.place_of(&policy, question.index)?;
        Some(Selection::Policy { place, statement: Some(written) })
    })
}

fn by_arn(document: &Document, arn: &str) -> Option<Selection> {
    let mut parts = arn.splitn(6, ':');
    let (service, account, rest) = (parts.nth(2)?, parts.nth(1)?, parts.next()?);
    let name = rest.rsplit('/').next()?.to_owned();
    let identity = match (service, rest.split('/').next()?) {
        ("iam", "policy") => {
            return Some(Selection::policy(PolicyPlace::Managed { arn: arn.to_owned() }));
        }
        ("iam", "user") => Identity::User(name),
        ("iam", "group") => Identity::Group(name),
        ("iam", "role") => Identity::Role(name),
        ("sts", "assumed-role") => Identity::Role(rest.split('/').nth(1)?.to_owned()),
        _ => return resource(document, arn),
    };
    Some(Selection::Identity { account: account.to_owned(), identity })
}

fn resource(document: &Document, arn: &str) -> Option<Selection> {
    let owner = document
        .accounts()
        .iter()
        .find(|account| account.resources.iter().any(|resource| resource.arn == arn))?;
    let place = PolicyPlace::Resource { account: owner.id.clone(), arn: arn.to_owned() };
    Some(Selection::policy(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        crate::seed::document()
    }

    #[test]
    fn a_page_opens_with_the_statement_that_denies_its_question() {
        let document = document();
        let Selection::Policy { place, statement } = Selection::first(&document) else {
            panic!("the first question of the seed is denied explicitly");
        };
        assert_eq!(place, PolicyPlace::Organization { policy: "p-denyec2dev".into() });
        assert_eq!(statement, Some(0));
        let empty = Document::from_json(r#"{"format":1}"#).unwrap();
        assert_eq!(Selection::first(&empty), Selection::Scenario);
    }

    #[test]
    fn everything_that_the_comparison_points_at_is_found() {
        let document = document();
        for target in ["r-corp", "666666666666", "p-denyec2dev", "ou-corp-development"] {
            assert!(Selection::parse(&document, target).is_some(), "{target}");
        }
        let name = "request:John starts an instance in development";
        assert_eq!(Selection::parse(&document, name), Some(Selection::Request(0)));
        assert_eq!(Selection::parse(&document, "ou-corp-nowhere"), None);
    }

    #[test]
    fn arns_lead_to_identities_policies_and_resources() {
        let document = document();
        let john = Selection::Identity {
            account: "999999999999".into(),
            identity: Identity::User("John".into()),
        };
        let arn = "arn:aws:iam::999999999999:user/John";
        assert_eq!(Selection::parse(&document, arn), Some(john.clone()));
        let session = "arn:aws:sts::666666666666:assumed-role/Admin/ada";
        let Some(Selection::Identity { identity, .. }) = Selection::parse(&document, session)
        else {
            panic!("a session leads to its role");
        };
        assert_eq!(identity, Identity::Role("Admin".into()));
        assert!(Selection::parse(&document, "arn:aws:s3:::example-logs").is_some());
        assert!(Selection::parse(&document, "arn:aws:iam::aws:policy/IAMReadOnlyAccess").is_some());
        assert_eq!(john.around(&document), Some(Selection::Target("999999999999".into())));
    }

    #[test]
    fn what_is_gone_leads_to_what_it_was_in() {
        let gone = Selection::Identity {
            account: "999999999999".into(),
            identity: Identity::User("Nobody".into()),
        };
        assert_eq!(gone.or_around(&document()), Selection::Target("999999999999".into()));
        let other = Selection::Target("ou-corp-nowhere".into());
        assert_eq!(other.or_around(&document()), Selection::Scenario);
    }
}
