//! Whether a statement matches (1.5 to 1.8), and how its principal names the caller (3.4).

use serde_json::Value;

use crate::twin::condition::{Context, expand, holds, texts};
use crate::twin::context::identity;
use crate::twin::glob;
use crate::twin::model::{Caller, Question, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scp,
    Rcp,
    /// Identity policies and boundaries.
    Identity,
    Session,
    /// Resource policies, trust policies and VPC endpoint policies.
    Resource,
}

/// How a principal names the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Direct,
    ViaRole,
    ViaUser,
    Account,
    Service,
    /// The policy has no principals: it speaks of whoever it is attached to.
    Attached,
}

/// A question with its context worked out.
#[derive(Debug)]
pub struct Asked<'a> {
    pub world: &'a World,
    pub question: &'a Question,
    pub context: Context,
    pub has_boundary: bool,
}

/// In which ways matching statements of this effect name the caller.
pub fn matching<'a>(
    policies: impl IntoIterator<Item = &'a Value>,
    effect: &str,
    kind: Kind,
    asked: &Asked,
) -> Vec<Class> {
    let of_one = |policy: &'a Value| {
        let variables = policy["Version"] == "2012-10-17";
        let statements = policy["Statement"].as_array().unwrap().iter();
        statements
            .filter(|statement| statement["Effect"] == effect)
            .flat_map(|statement| classes(statement, variables, kind, asked))
            .collect::<Vec<_>>()
    };
    policies.into_iter().flat_map(of_one).collect()
}

/// Empty: the statement does not match.
fn classes(statement: &Value, variables: bool, kind: Kind, asked: &Asked) -> Vec<Class> {
    let action = |pattern: &String| glob::action(pattern, asked.question.action);
    let resource = |pattern: &String| resource(pattern, variables, kind, asked);
    let fits = element(statement, "Action", "NotAction", action)
        && element(statement, "Resource", "NotResource", resource)
        && statement.get("Condition").is_none_or(|it| holds(it, variables, &asked.context));
    if fits { principals(statement, asked) } else { vec![] }
}

/// The element lists a match, or its negation lists none. A statement with neither form speaks of everything.
fn element(statement: &Value, name: &str, not: &str, is_match: impl Fn(&String) -> bool) -> bool {
    match (statement.get(name), statement.get(not)) {
        (Some(listed), _) => texts(listed).iter().any(is_match),
        (_, Some(listed)) => !texts(listed).iter().any(is_match),
        _ => true,
    }
}

fn resource(pattern: &str, variables: bool, kind: Kind, asked: &Asked) -> bool {
    // S3 authorizes the list of all buckets on all buckets.
    let resource = match (asked.question.action, asked.question.resource) {
        ("s3:ListAllMyBuckets", "*") => "arn:aws:s3:::*",
        (_, resource) => resource,
    };
    let fields: Vec<&str> = pattern.splitn(6, ':').collect();
    let missing = if pattern == "*" { 0 } else { 6 - fields.len() };
    let filled = match kind {
        _ if missing == 0 => pattern.to_owned(),
        Kind::Identity => format!("{pattern}{}", ":*".repeat(missing)),
        Kind::Scp if pattern.ends_with('*') => format!("{pattern}{}", ":*".repeat(missing)),
        _ => return false,
    };
    // Variables count in the sixth field alone.
    let start = filled.splitn(6, ':').take(5).map(|field| field.len() + 1).sum::<usize>();
    let (start, sixth) = filled.split_at(start.min(filled.len()));
    let Some(sixth) = expand(sixth, variables, &asked.context) else { return false };
    let pieces = [glob::written(start), sixth].concat();
    glob::resource(&pieces, resource)
}

fn principals(statement: &Value, asked: &Asked) -> Vec<Class> {
    if let Some(listed) = statement.get("Principal") {
        return entries(listed).iter().filter_map(|entry| class(entry, asked)).collect();
    }
    let Some(listed) = statement.get("NotPrincipal") else { return vec![Class::Attached] };
    if is_spared(&entries(listed), asked) { vec![] } else { vec![Class::Direct] }
}

fn entries(listed: &Value) -> Vec<(String, String)> {
    match listed {
        Value::String(everybody) => vec![("AWS".to_owned(), everybody.clone())],
        by_type => {
            let types = by_type.as_object().unwrap().iter();
            types
                .flat_map(|(kind, names)| texts(names).into_iter().map(|name| (kind.clone(), name)))
                .collect()
        }
    }
}

fn class((kind, name): &(String, String), asked: &Asked) -> Option<Class> {
    let caller = &asked.question.caller;
    if kind == "Service" {
        let is_it = matches!(caller, Caller::Service(service) if service == name);
        return is_it.then_some(Class::Service);
    }
    if kind != "AWS" {
        return None;
    }
    if name == "*" {
        return Some(Class::Direct);
    }
    if let Some(account) = caller.account()
        && is_account(name, account)
    {
        return Some(Class::Account);
    }
    match caller {
        Caller::User { arn, .. } => (name == arn).then_some(Class::Direct),
        Caller::Session { .. } if *name == caller.text() => Some(Class::Direct),
        // The session tells the name of its role and not the path; the name is enough.
        Caller::Session { account, role, .. } => {
            let named = name.strip_prefix(&format!("arn:aws:iam::{account}:role/"))?;
            (named.rsplit('/').next() == Some(role)).then_some(Class::ViaRole)
        }
        Caller::Federated { .. } if *name == caller.text() => Some(Class::Direct),
        Caller::Federated { .. } => {
            let user = identity(asked.world, caller)?;
            (*name == user.arn).then_some(Class::ViaUser)
        }
        Caller::Root { .. } | Caller::Service(_) | Caller::Anonymous => None,
    }
}

fn is_account(name: &str, account: &str) -> bool {
    name == account || name == format!("arn:aws:iam::{account}:root")
}

/// 1.6: spared is who is listed together with the account; a boundary forfeits it.
fn is_spared(listed: &[(String, String)], asked: &Asked) -> bool {
    let caller = &asked.question.caller;
    let classes: Vec<Class> = listed.iter().filter_map(|entry| class(entry, asked)).collect();
    let everybody = listed.iter().any(|(kind, name)| kind == "AWS" && name == "*");
    let itself = classes.iter().any(|class| *class != Class::Account);
    let account = classes.contains(&Class::Account);
    let is_whole = match caller {
        Caller::Root { .. } => account,
        Caller::Service(_) | Caller::Anonymous => itself,
        _ => account && itself,
    };
    (everybody || is_whole) && !asked.has_boundary
}
