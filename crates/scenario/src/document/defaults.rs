//! What a document means where it leaves something out that depends on the rest of it.
//!
//! Runs on the JSON before it is typed, so that "left out" and "empty" are still two things.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::built_in::{FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS};

type Members = Map<String, Value>;

/// Fills in names, ids, attached policies and accounts that were left out. What has the wrong type is left for the reader.
pub(super) fn fill_in(document: &mut Value) {
    let Value::Object(document) = document else { return };
    let mut tree = Tree::default();
    if let Some(Value::Object(organization)) = document.get_mut("organization") {
        fill_in_organization(organization, &mut tree);
    }
    list_accounts_of_tree(document, &tree);
    let members: HashSet<&str> = tree.accounts.iter().map(String::as_str).collect();
    for account in objects(document.get_mut("accounts")) {
        let is_member =
            account.get("id").and_then(Value::as_str).is_some_and(|id| members.contains(id));
        name_by_id(account);
        attach(account, tree.scps_enabled && is_member);
    }
}

/// What the walk through the tree finds out.
#[derive(Default)]
struct Tree {
    scps_enabled: bool,
    /// What the ids of the root's organizational units begin with.
    prefix: String,
    ids: HashSet<String>,
    accounts: Vec<String>,
    management_account: Option<String>,
}

fn fill_in_organization(organization: &mut Members, tree: &mut Tree) {
    tree.scps_enabled = organization.get("featureSet").is_none_or(|set| set == "ALL")
        && organization.get("enabledPolicyTypes").is_none_or(|types| {
            types
                .as_array()
                .is_some_and(|types| types.iter().any(|name| name == "SERVICE_CONTROL_POLICY"))
        });
    tree.management_account =
        organization.get("managementAccount").and_then(Value::as_str).map(str::to_owned);
    for policy in objects(organization.get_mut("policies")) {
        name_by_id(policy);
    }
    let root = organization.entry("root").or_insert_with(|| json!({}));
    if let Value::Object(root) = root {
        let id = root.entry("id").or_insert_with(|| json!("r-root")).as_str().unwrap_or_default();
        tree.prefix = format!("ou-{}", id.strip_prefix("r-").unwrap_or("root"));
        root.entry("name").or_insert_with(|| json!("Root"));
        collect_ids(root, &mut tree.ids);
        fill_in_unit(root, tree);
    }
}

fn collect_ids(unit: &mut Members, ids: &mut HashSet<String>) {
    ids.extend(unit.get("id").and_then(Value::as_str).map(str::to_owned));
    for below in objects(unit.get_mut("organizationalUnits")) {
        collect_ids(below, ids);
    }
}

fn fill_in_unit(unit: &mut Members, tree: &mut Tree) {
    if !unit.contains_key("id") {
        unit.insert("id".to_owned(), Value::String(make_up_id(tree)));
    }
    name_by_id(unit);
    attach(unit, tree.scps_enabled);
    if let Some(Value::Array(accounts)) = unit.get("accounts") {
        tree.accounts.extend(accounts.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    for below in objects(unit.get_mut("organizationalUnits")) {
        fill_in_unit(below, tree);
    }
}

fn make_up_id(tree: &mut Tree) -> String {
    let free = (1_u32..)
        .map(|number| format!("{}-{number:08}", tree.prefix))
        .find(|id| !tree.ids.contains(id));
    let id = free.unwrap_or_default();
    tree.ids.insert(id.clone());
    id
}

/// `accounts` left out: the accounts of the tree. Otherwise only the management account, which has been named twice
/// by then, may go unlisted; any other account that is in the tree only is taken for a slip of the pen.
fn list_accounts_of_tree(document: &mut Members, tree: &Tree) {
    let listed = document.get("accounts").and_then(Value::as_array);
    let is_listed = |id: &str| {
        listed.is_some_and(|accounts| {
            accounts.iter().any(|account| account.get("id").is_some_and(|listed| listed == id))
        })
    };
    let missing: Vec<&String> = match &tree.management_account {
        _ if !document.contains_key("accounts") => tree.accounts.iter().collect(),
        Some(id) if tree.accounts.contains(id) && !is_listed(id) => vec![id],
        _ => return,
    };
    let missing: Vec<Value> = missing.into_iter().map(|id| json!({ "id": id })).collect();
    // At the end: the places of those that are written stay what they are.
    if let Value::Array(accounts) = document.entry("accounts").or_insert_with(|| json!([])) {
        accounts.extend(missing);
    }
}

fn name_by_id(members: &mut Members) {
    if let (None, Some(Value::String(id))) = (members.get("name"), members.get("id")) {
        let id = id.clone();
        members.insert("name".to_owned(), Value::String(id));
    }
}

/// AWS attaches `FullAWSAccess` to everything; `RCPFullAWSAccess` is everywhere and need not be written.
fn attach(members: &mut Members, full_aws_access: bool) {
    let begin_with = || if full_aws_access { json!([FULL_AWS_ACCESS]) } else { json!([]) };
    if let Value::Array(policies) = members.entry("attachedPolicies").or_insert_with(begin_with) {
        policies.retain(|policy| policy != RCP_FULL_AWS_ACCESS);
    }
}

fn objects(list: Option<&mut Value>) -> impl Iterator<Item = &mut Members> {
    let items = match list {
        Some(Value::Array(items)) => items.iter_mut(),
        _ => [].iter_mut(),
    };
    items.filter_map(Value::as_object_mut)
}
