//! Edits inside an account, as calls of `aws iam` with credentials of that account.

use super::Script;
use super::organization::minified;
use crate::{Action, Identity, PolicyPlace, PolicyText};

/// Adds the calls for an edit inside an account; an edit that AWS knows nothing of adds none.
pub(super) fn add(script: &mut Script, action: &Action) {
    use Action::*;
    match action {
        CreateIdentity { account, identity, path } => create(script, account, identity, path),
        RenameIdentity { identity: Identity::Role(role), name, .. } => {
            script
                .comment(&format!("AWS cannot rename a role: create {name}, then delete {role}."));
        }
        RenameIdentity { account, identity, name } => {
            let new_name = format!("new-{}-name", identity.kind());
            in_account(script, account, "update", identity, &[(&new_name, name)]);
        }
        SetIdentityPath { account, identity, path } => {
            in_account(script, account, "update", identity, &[("new-path", path)]);
        }
        DeleteIdentity { account, identity } => {
            in_account(script, account, "delete", identity, &[]);
        }
        SetPermissionsBoundary { account, identity, policy_arn: Some(arn) } => {
            let put = format!("put-{}-permissions-boundary", identity.kind());
            on(script, account, &put, identity, &[("permissions-boundary", arn)]);
        }
        SetPermissionsBoundary { account, identity, policy_arn: None } => {
            let delete = format!("delete-{}-permissions-boundary", identity.kind());
            on(script, account, &delete, identity, &[]);
        }
        SetIdentityTags { account, identity, tags } => {
            let tags: Vec<String> =
                tags.iter().map(|(key, value)| format!("Key={key},Value={value}")).collect();
            for tag in &tags {
                in_account(script, account, "tag", identity, &[("tags", tag)]);
            }
        }
        AddUserToGroup { account, user, group } => {
            membership(script, account, "add-user-to-group", user, group);
        }
        RemoveUserFromGroup { account, user, group } => {
            membership(script, account, "remove-user-from-group", user, group);
        }
        CreateManagedPolicy { account, name, path, document } => {
            let parameters = [("policy-name", name), ("path", path)];
            let document = minified(document);
            let [name, path] = parameters.map(|(name, value)| (name, value.as_str()));
            noted(
                script,
                account,
                "iam create-policy",
                &[name, path, ("policy-document", &document)],
            );
        }
        DeleteManagedPolicy { arn } => {
            noted(script, account_of(arn), "iam delete-policy", &[("policy-arn", arn)]);
        }
        AttachManagedPolicy { account, identity, policy_arn } => {
            let attach = format!("attach-{}-policy", identity.kind());
            on(script, account, &attach, identity, &[("policy-arn", policy_arn)]);
        }
        DetachManagedPolicy { account, identity, policy_arn } => {
            let detach = format!("detach-{}-policy", identity.kind());
            on(script, account, &detach, identity, &[("policy-arn", policy_arn)]);
        }
        CreateInlinePolicy { account, identity, name, document } => {
            put_inline(script, account, identity, name, document);
        }
        DeleteInlinePolicy { account, identity, name } => {
            let delete = format!("delete-{}-policy", identity.kind());
            on(script, account, &delete, identity, &[("policy-name", name)]);
        }
        EditPolicyText { place, text } | RewritePolicyText { place, text, .. } => {
            rewrite(script, place, text);
        }
        _ => {}
    }
}

/// A new text for a policy inside an account.
fn rewrite(script: &mut Script, place: &PolicyPlace, text: &PolicyText) {
    let document = minified(text);
    match place {
        PolicyPlace::Managed { arn } => {
            let account = account_of(arn);
            let parameters = [("policy-arn", arn.as_str()), ("policy-document", &document)];
            let call = script.written("iam create-policy-version", &parameters);
            script.line(format!("{call} --set-as-default # in {account}"));
        }
        PolicyPlace::Inline { account, identity, name } => {
            put_inline(script, account, identity, name, text);
        }
        PolicyPlace::Trust { account, role } => {
            let parameters = [("role-name", role.as_str()), ("policy-document", &document)];
            noted(script, account, "iam update-assume-role-policy", &parameters);
        }
        PolicyPlace::Resource { account, arn } => resource_policy(script, account, arn, &document),
        _ => {}
    }
}

/// A new text for a resource's policy, for the services whose call is as simple as that.
fn resource_policy(script: &mut Script, account: &str, arn: &str, document: &str) {
    let name = arn.splitn(6, ':').nth(5).unwrap_or_default();
    match arn.split(':').nth(2) {
        Some("s3") => {
            noted(
                script,
                account,
                "s3api put-bucket-policy",
                &[("bucket", name), ("policy", document)],
            );
        }
        Some("kms") => {
            let parameters = [("key-id", arn), ("policy-name", "default"), ("policy", document)];
            noted(script, account, "kms put-key-policy", &parameters);
        }
        Some("secretsmanager") => {
            let parameters = [("secret-id", arn), ("resource-policy", document)];
            noted(script, account, "secretsmanager put-resource-policy", &parameters);
        }
        _ => script.comment(&format!("Give {arn} its new policy (in {account}).")),
    }
}

fn create(script: &mut Script, account: &str, identity: &Identity, path: &str) {
    let trust = format!(
        "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":\"arn:aws:iam::{account}:root\"}},\"Action\":\"sts:AssumeRole\"}}]}}"
    );
    let mut parameters = vec![("path", path)];
    if let Identity::Role(_) = identity {
        parameters.push(("assume-role-policy-document", &trust));
    }
    in_account(script, account, "create", identity, &parameters);
}

fn membership(script: &mut Script, account: &str, verb: &str, user: &str, group: &str) {
    let parameters = [("user-name", user), ("group-name", group)];
    noted(script, account, &format!("iam {verb}"), &parameters);
}

fn put_inline(
    script: &mut Script,
    account: &str,
    identity: &Identity,
    name: &str,
    text: &PolicyText,
) {
    let document = minified(text);
    let parameters = [("policy-name", name), ("policy-document", document.as_str())];
    on(script, account, &format!("put-{}-policy", identity.kind()), identity, &parameters);
}

/// `aws iam VERB-KIND`, such as `delete-user`.
fn in_account(
    script: &mut Script,
    account: &str,
    verb: &str,
    identity: &Identity,
    parameters: &[(&str, &str)],
) {
    on(script, account, &format!("{verb}-{}", identity.kind()), identity, parameters);
}

/// `aws iam COMMAND` on a user, group or role.
fn on(
    script: &mut Script,
    account: &str,
    command: &str,
    identity: &Identity,
    parameters: &[(&str, &str)],
) {
    let name = format!("{}-name", identity.kind());
    let mut all = vec![(name.as_str(), identity.name())];
    all.extend(parameters);
    noted(script, account, &format!("iam {command}"), &all);
}

/// A call with a note in which account it is to be made.
fn noted(script: &mut Script, account: &str, command: &str, parameters: &[(&str, &str)]) {
    let call = script.written(command, parameters);
    script.line(format!("{call} # in {}", super::shell::quoted(account)));
}

fn account_of(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or_default()
}
