//! Edits of the organization, as calls of `aws organizations`, which the management account makes.

use super::Script;
use crate::document::json;
use crate::{Action, Document, FeatureSet, PolicyPlace, PolicyText, PolicyType};

/// What a script needs before it opens accounts: the call answers before the account is there.
pub(super) const CREATE_ACCOUNT: &str = "\
create_account() { # name, e-mail: prints the new account's id when AWS has opened it
  request=$(aws organizations create-account --account-name \"$1\" --email \"$2\" --query CreateAccountStatus.Id --output text)
  until [ \"$(aws organizations describe-create-account-status --create-account-request-id \"$request\" --query CreateAccountStatus.State --output text)\" != IN_PROGRESS ]; do sleep 5; done
  aws organizations describe-create-account-status --create-account-request-id \"$request\" --query CreateAccountStatus.AccountId --output text
}";

/// Adds the calls for an edit of the organization; false where it is another edit.
pub(super) fn add(script: &mut Script, before: &Document, action: &Action) -> bool {
    use Action::*;
    match action {
        CreateOrganization { .. } => {
            script.call("organizations create-organization", &[("feature-set", "ALL")]);
        }
        DeleteOrganization => script.call("organizations delete-organization", &[]),
        SetFeatureSet { feature_set: FeatureSet::All } => {
            script.call("organizations enable-all-features", &[]);
        }
        SetFeatureSet { .. } => {
            script.comment("AWS cannot go back from all features to consolidated billing.");
        }
        EnablePolicyType { policy_type } => policy_type_on(script, before, *policy_type, "enable"),
        DisablePolicyType { policy_type } => {
            policy_type_on(script, before, *policy_type, "disable");
        }
        CreatePolicy { id, name, policy_type, description, document } => {
            create_policy(script, (id, name, description), *policy_type, document);
        }
        UpdatePolicy { id, name, description } => script.call(
            "organizations update-policy",
            &[("policy-id", id), ("name", name), ("description", description)],
        ),
        DeletePolicy { id } => script.call("organizations delete-policy", &[("policy-id", id)]),
        AttachPolicy { policy, target } => attach(script, policy, target),
        DetachPolicy { policy, target } => script
            .call("organizations detach-policy", &[("policy-id", policy), ("target-id", target)]),
        EditPolicyText { place: PolicyPlace::Organization { policy }, text }
        | RewritePolicyText { place: PolicyPlace::Organization { policy }, text, .. } => script
            .call(
                "organizations update-policy",
                &[("policy-id", policy), ("content", &minified(text))],
            ),
        _ => return unit(script, action) || account(script, before, action),
    }
    true
}

fn unit(script: &mut Script, action: &Action) -> bool {
    match action {
        Action::CreateOrganizationalUnit { parent, id, name } => {
            create_unit(script, parent, id, name);
        }
        Action::RenameOrganizationalUnit { id, .. } if id.starts_with("r-") => {
            script.comment("AWS cannot rename the root.");
        }
        Action::RenameOrganizationalUnit { id, name } => script.call(
            "organizations update-organizational-unit",
            &[("organizational-unit-id", id), ("name", name)],
        ),
        Action::DeleteOrganizationalUnit { id } => script
            .call("organizations delete-organizational-unit", &[("organizational-unit-id", id)]),
        Action::MoveOrganizationalUnit { id, .. } => script.comment(&format!(
            "AWS cannot move an OU ({id}): create a new one, move the accounts, delete the old one."
        )),
        _ => return false,
    }
    true
}

fn account(script: &mut Script, before: &Document, action: &Action) -> bool {
    match action {
        Action::CreateAccount { id, name, email } => create_account(script, id, name, email),
        Action::InviteAccount { id } => invite(script, id),
        Action::MoveAccount { id, parent } => {
            let from = before.parent(id).map_or("", |parent| parent.id.as_str()).to_owned();
            move_account(script, id, &from, parent);
        }
        Action::RemoveAccount { id } => {
            script.call("organizations remove-account-from-organization", &[("account-id", id)])
        }
        Action::CloseAccount { id } => {
            script.call("organizations close-account", &[("account-id", id)]);
        }
        Action::ReopenAccount { id } => script.comment(&format!(
            "Only AWS Support opens the closed account {id} again, within 90 days."
        )),
        Action::RenameAccount { id, name } => {
            script.call("account put-account-name", &[("account-id", id), ("account-name", name)])
        }
        Action::UpdateAccount { id, email, .. } => {
            // Its state and the way by which it joined follow from other calls.
            if before.account(id).is_some_and(|account| account.email != *email) {
                script.call(
                    "account start-primary-email-update",
                    &[("account-id", id), ("primary-email", email)],
                );
                script.comment(
                    "The new address gets a code, which accept-primary-email-update asks for.",
                );
            }
        }
        Action::SetManagementAccount { .. } => {
            script.comment("AWS cannot make another account the management account.");
        }
        Action::AddStandaloneAccount { .. } => {
            script.comment("An account outside the organization is opened on AWS's web site.");
        }
        _ => return false,
    }
    true
}

/// Creates an OU and keeps its id.
pub(super) fn create_unit(script: &mut Script, parent: &str, id: &str, name: &str) {
    script.make(
        &format!("OU_{name}"),
        id,
        "OrganizationalUnit.Id",
        "organizations create-organizational-unit",
        &[("parent-id", parent), ("name", name)],
    );
}

/// Opens an account and keeps its id.
pub(super) fn create_account(script: &mut Script, id: &str, name: &str, email: &str) {
    if !script.lines.iter().any(|line| line == CREATE_ACCOUNT) {
        script.lines.insert(0, CREATE_ACCOUNT.to_owned());
    }
    let call = format!("create_account {} {}", script.word(name), script.word(email));
    let variable = script.new_variable(&format!("ACCOUNT_{name}"));
    script.line(format!("{variable}=$({call})"));
    script.variables.insert(id.to_owned(), variable);
}

/// Invites an account; it accepts with the handshake's id, from its own side.
pub(super) fn invite(script: &mut Script, id: &str) {
    let handshake = format!("handshake {id}");
    script.make(
        &format!("HANDSHAKE_{id}"),
        &handshake,
        "Handshake.Id",
        "organizations invite-account-to-organization",
        &[("target", &format!("Id={id},Type=ACCOUNT"))],
    );
    let accept = script.written("organizations accept-handshake", &[("handshake-id", &handshake)]);
    script.line(format!("{accept} # with credentials of {id}"));
}

/// Moves an account.
pub(super) fn move_account(script: &mut Script, id: &str, from: &str, to: &str) {
    script.call(
        "organizations move-account",
        &[("account-id", id), ("source-parent-id", from), ("destination-parent-id", to)],
    );
}

/// Creates an SCP or RCP, named by its id, its name and its description, and keeps its id.
pub(super) fn create_policy(
    script: &mut Script,
    (id, name, description): (&str, &str, &str),
    policy_type: PolicyType,
    document: &PolicyText,
) {
    script.make(
        &format!("{}_{name}", policy_type.abbreviation()),
        id,
        "Policy.PolicySummary.Id",
        "organizations create-policy",
        &[
            ("type", policy_type.as_str()),
            ("name", name),
            ("description", description),
            ("content", &minified(document)),
        ],
    );
}

/// Attaches a policy.
pub(super) fn attach(script: &mut Script, policy: &str, target: &str) {
    script.call("organizations attach-policy", &[("policy-id", policy), ("target-id", target)]);
}

/// Enables or disables a policy type on the root.
fn policy_type_on(script: &mut Script, before: &Document, policy_type: PolicyType, verb: &str) {
    let root = before.organization().map_or("", |it| it.root.id.as_str()).to_owned();
    script.call(
        &format!("organizations {verb}-policy-type"),
        &[("root-id", &root), ("policy-type", policy_type.as_str())],
    );
}

/// A policy's text on one line: through the API every character counts, white space too.
pub(super) fn minified(text: &PolicyText) -> String {
    json::read(text.as_str()).map_or_else(|_| text.as_str().to_owned(), |value| value.to_string())
}
