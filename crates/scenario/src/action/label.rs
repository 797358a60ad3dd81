//! What an edit is called on the undo button, and which edits are one to a person who types.

use super::Action;
use crate::{Document, FeatureSet, Identity, PolicyPlace};

impl Action {
    /// Says in a few words what the edit does, with the names that things have before it: "Detach DenyEc2 from Dev".
    pub fn label(&self, document: &Document) -> String {
        use Action::*;
        let policy =
            |id: &str| document.policy(id).map_or(id, |policy| policy.name.as_str()).to_owned();
        let place = |id: &str| name_of(document, id);
        let named = |identity: &Identity| format!("{} {}", identity.kind(), identity.name());
        match self {
            SetTitle { .. } => "Change the title".to_owned(),
            SetDescription { .. } => "Change the description".to_owned(),
            ReplaceDocument { document } if document.title().is_empty() => {
                "Open another scenario".to_owned()
            }
            ReplaceDocument { document } => format!("Open {}", document.title()),
            CreateOrganization { .. } => "Create an organization".to_owned(),
            DeleteOrganization => "Delete the organization".to_owned(),
            SetFeatureSet { feature_set: FeatureSet::All } => "Enable all features".to_owned(),
            SetFeatureSet { feature_set: FeatureSet::ConsolidatedBilling } => {
                "Go back to consolidated billing".to_owned()
            }
            EnablePolicyType { policy_type } => format!("Enable {}s", policy_type.abbreviation()),
            DisablePolicyType { policy_type } => format!("Disable {}s", policy_type.abbreviation()),
            CreateOrganizationalUnit { name, .. } => format!("Create organizational unit {name}"),
            RenameOrganizationalUnit { id, name } | RenameAccount { id, name } => {
                format!("Rename {} to {name}", place(id))
            }
            MoveOrganizationalUnit { id, parent } | MoveAccount { id, parent } => {
                format!("Move {} to {}", place(id), place(parent))
            }
            DeleteOrganizationalUnit { id } => format!("Delete organizational unit {}", place(id)),
            CreateAccount { name, .. } => format!("Create account {name}"),
            AddStandaloneAccount { name, .. } => format!("Add account {name}"),
            UpdateAccount { id, .. } => format!("Change the settings of {}", place(id)),
            SetManagementAccount { id } => format!("Make {} the management account", place(id)),
            InviteAccount { id } => format!("Invite {}", place(id)),
            RemoveAccount { id } => format!("Remove {} from the organization", place(id)),
            CloseAccount { id } => format!("Close {}", place(id)),
            ReopenAccount { id } => format!("Reopen {}", place(id)),
            ForgetAccount { id } => format!("Forget {}", place(id)),
            CreatePolicy { name, .. } | CreateManagedPolicy { name, .. } => {
                format!("Create policy {name}")
            }
            UpdatePolicy { id, name, .. } if policy(id) == *name => format!("Describe {name}"),
            UpdatePolicy { id, name, .. } => format!("Rename {} to {name}", policy(id)),
            DeletePolicy { id } => format!("Delete policy {}", policy(id)),
            AttachPolicy { policy: id, target } => {
                format!("Attach {} to {}", policy(id), place(target))
            }
            DetachPolicy { policy: id, target } => {
                format!("Detach {} from {}", policy(id), place(target))
            }
            EditPolicyText { place, .. } => format!("Edit {}", title_of(document, place)),
            RewritePolicyText { label, .. } => label.clone(),
            AddResource { resource, .. } => format!("Add {}", resource.arn),
            UpdateResource { arn, .. } => format!("Change {arn}"),
            RemoveResource { arn, .. } => format!("Remove {arn}"),
            AddRequest { request } => format!("Add request {}", request.label()),
            UpdateRequest { index, .. } => format!("Change request {}", request(document, *index)),
            DuplicateRequest { index } => {
                format!("Duplicate request {}", request(document, *index))
            }
            RemoveRequest { index } => format!("Remove request {}", request(document, *index)),
            MoveRequest { from, .. } => format!("Move request {}", request(document, *from)),
            CreateIdentity { identity, .. } => format!("Create {}", named(identity)),
            RenameIdentity { identity, name, .. } => {
                format!("Rename {} to {name}", named(identity))
            }
            SetIdentityPath { identity, path, .. } => {
                format!("Set the path of {} to {path}", named(identity))
            }
            DeleteIdentity { identity, .. } => format!("Delete {}", named(identity)),
            SetIdentityTags { identity, .. } => format!("Tag {}", named(identity)),
            SetPermissionsBoundary { identity, policy_arn: None, .. } => {
                format!("Clear the boundary of {}", named(identity))
            }
            SetPermissionsBoundary { identity, policy_arn: Some(arn), .. } => {
                format!("Bound {} by {}", named(identity), last_part(arn))
            }
            AddUserToGroup { user, group, .. } => format!("Add {user} to {group}"),
            RemoveUserFromGroup { user, group, .. } => format!("Remove {user} from {group}"),
            RenameManagedPolicy { arn, name } => format!("Rename {} to {name}", last_part(arn)),
            DeleteManagedPolicy { arn } => format!("Delete policy {}", last_part(arn)),
            AttachManagedPolicy { identity, policy_arn, .. } => {
                format!("Attach {} to {}", last_part(policy_arn), identity.name())
            }
            DetachManagedPolicy { identity, policy_arn, .. } => {
                format!("Detach {} from {}", last_part(policy_arn), identity.name())
            }
            CreateInlinePolicy { identity, name, .. } => {
                format!("Create policy {name} in {}", named(identity))
            }
            RenameInlinePolicy { name, new_name, .. } => format!("Rename {name} to {new_name}"),
            DeleteInlinePolicy { identity, name, .. } => {
                format!("Delete policy {name} of {}", named(identity))
            }
        }
    }

    /// Returns what the edit goes on typing at; edits with the same key in a row are undone together.
    pub fn coalescing_key(&self) -> Option<String> {
        match self {
            Action::EditPolicyText { place, .. } => Some(format!("{place:?}")),
            Action::UpdateRequest { index, .. } => Some(format!("request {index}")),
            Action::SetTitle { .. } => Some("title".to_owned()),
            Action::SetDescription { .. } => Some("description".to_owned()),
            Action::UpdatePolicy { id, .. } => Some(format!("policy {id}")),
            _ => None,
        }
    }
}

fn name_of(document: &Document, id: &str) -> String {
    let unit = document.organizational_unit(id).map(|unit| &unit.name);
    let account = || document.account(id).map(|account| &account.name);
    unit.or_else(account).cloned().unwrap_or_else(|| id.to_owned())
}

fn request(document: &Document, index: usize) -> String {
    document.requests.get(index).map_or_else(|| (index + 1).to_string(), |request| request.label())
}

fn title_of(document: &Document, place: &PolicyPlace) -> String {
    let of_request = |index: &usize| request(document, *index);
    match place {
        PolicyPlace::Organization { policy } => {
            document.policy(policy).map_or(policy, |policy| &policy.name).to_owned()
        }
        PolicyPlace::Managed { arn } => last_part(arn).to_owned(),
        PolicyPlace::Inline { name, .. } => name.clone(),
        PolicyPlace::Trust { role, .. } => format!("the trust policy of {role}"),
        PolicyPlace::Resource { arn, .. } => format!("the policy of {arn}"),
        PolicyPlace::Session { request, .. } => {
            format!("the session policy of {}", of_request(request))
        }
        PolicyPlace::VpcEndpoint { request } => {
            format!("the endpoint policy of {}", of_request(request))
        }
        PolicyPlace::RequestResource { request } => {
            format!("the resource policy of {}", of_request(request))
        }
    }
}

fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
