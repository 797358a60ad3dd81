//! Every edit that the page can make, and what AWS has to say to it.
//!
//! [`apply`] makes a new document in which everything untouched is shared with the old one,
//! or refuses with AWS's own exception. What cannot be done through AWS's API but is handy in a playground is marked so.

mod account;
mod attachment;
mod edit;
mod iam;
mod iam_policy;
mod label;
mod organization;
mod policy;
mod request;
mod resource;
#[cfg(test)]
mod tests;
mod unit;

use std::sync::Arc;

pub use attachment::without_policy;

use crate::{
    AccountState, Document, Exception, FeatureSet, Identity, JoinedMethod, Pairs, PolicyPlace,
    PolicyText, PolicyType, Request, Resource,
};

/// One edit of a document.
///
/// ```
/// use iam_scenario::{Action, Document, apply};
///
/// let document = Document::from_json(r#"{ "format": 1, "organization": {} }"#)?;
/// let id = document.free_organizational_unit_id();
/// let action = Action::CreateOrganizationalUnit { parent: "r-root".into(), id, name: "Dev".into() };
/// assert_eq!(action.label(&document), "Create organizational unit Dev");
///
/// let document = apply(&document, &action)?;
/// assert_eq!(document.organization().unwrap().root.organizational_units[0].name, "Dev");
///
/// let again = Action::CreateOrganizationalUnit { parent: "r-root".into(), id: document.free_organizational_unit_id(), name: "Dev".into() };
/// assert_eq!(apply(&document, &again).unwrap_err().exception(), "DuplicateOrganizationalUnitException");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the members carry the names of the API's parameters; each variant says what is special"
)]
pub enum Action {
    /// Gives the scenario another title.
    SetTitle { title: String },
    /// Gives the scenario another description.
    SetDescription { description: String },
    /// Puts a whole other document in the place of this one.
    ReplaceDocument { document: Document },

    /// Makes a listed account the management account of a new organization.
    CreateOrganization { management_account: String },
    /// Deletes the organization, which must be empty but for its management account.
    DeleteOrganization,
    /// Enables all features. Going back to consolidated billing is the playground's convenience; it disables all policy types.
    SetFeatureSet { feature_set: FeatureSet },
    /// Enables a policy type on the root; SCPs start with `FullAWSAccess` on everything.
    EnablePolicyType { policy_type: PolicyType },
    /// Disables a policy type on the root and detaches all policies of that type.
    DisablePolicyType { policy_type: PolicyType },

    /// Creates an organizational unit in the root or in another unit.
    CreateOrganizationalUnit { parent: String, id: String, name: String },
    /// Renames an organizational unit, or the root (the playground's convenience).
    RenameOrganizationalUnit { id: String, name: String },
    /// Moves an organizational unit with everything in it: the playground's convenience, AWS cannot.
    MoveOrganizationalUnit { id: String, parent: String },
    /// Deletes an organizational unit, which must be empty.
    DeleteOrganizationalUnit { id: String },

    /// Creates a member account in the root, with the role `OrganizationAccountAccessRole`.
    CreateAccount { id: String, name: String, email: String },
    /// Invites an account that is outside; it accepts and stands in the root.
    InviteAccount { id: String },
    /// Moves an account into the root or an organizational unit.
    MoveAccount { id: String, parent: String },
    /// Removes an account from the organization; it keeps its contents and stands alone.
    RemoveAccount { id: String },
    /// Closes a member account.
    CloseAccount { id: String },
    /// Opens a closed account again, as AWS Support can within 90 days.
    ReopenAccount { id: String },
    /// Renames an account.
    RenameAccount { id: String, name: String },
    /// Gives an account another address, state or way by which it joined. AWS changes the address by
    /// `StartPrimaryEmailUpdate`; state and way are the playground's convenience.
    UpdateAccount { id: String, email: String, state: AccountState, joined_method: JoinedMethod },
    /// Makes another member the management account: the playground's convenience, AWS cannot.
    SetManagementAccount { id: String },
    /// Lists an account that is outside the organization (the playground's convenience).
    AddStandaloneAccount { id: String, name: String, email: String },
    /// Takes an account that is outside the organization off the list (the playground's convenience).
    ForgetAccount { id: String },

    /// Creates a service or resource control policy.
    CreatePolicy {
        id: String,
        name: String,
        policy_type: PolicyType,
        description: String,
        document: PolicyText,
    },
    /// Renames a policy of the organization and describes it anew.
    UpdatePolicy { id: String, name: String, description: String },
    /// Deletes a policy of the organization, which must not be attached.
    DeletePolicy { id: String },
    /// Attaches a policy to the root, an organizational unit or an account.
    AttachPolicy { policy: String, target: String },
    /// Detaches a policy from the root, an organizational unit or an account.
    DetachPolicy { policy: String, target: String },

    /// Changes the text of a policy, wherever it stands.
    EditPolicyText { place: PolicyPlace, text: PolicyText },

    /// Changes the text of a policy in one step of its own, as a repair or a suggested change does; `label` says what.
    RewritePolicyText { place: PolicyPlace, text: PolicyText, label: String },
    /// Creates a user, group or role. A role trusts its own account to begin with.
    CreateIdentity { account: String, identity: Identity, path: String },
    /// Renames a user, group or role; groups' members and the scenario's requests follow.
    /// (Roles: the playground's convenience.)
    RenameIdentity { account: String, identity: Identity, name: String },
    /// Gives a user or group another path; the scenario's requests follow. AWS gives a role no other path.
    SetIdentityPath { account: String, identity: Identity, path: String },
    /// Deletes a user, group or role with its inline policies; as in the console, attached policies and memberships go with it.
    DeleteIdentity { account: String, identity: Identity },
    /// Tags a user or role; the new tags take the place of all old ones.
    SetIdentityTags { account: String, identity: Identity, tags: Pairs<String> },
    /// Bounds the permissions of a user or role by a managed policy, or no longer.
    SetPermissionsBoundary { account: String, identity: Identity, policy_arn: Option<String> },
    /// Puts a user into a group.
    AddUserToGroup { account: String, user: String, group: String },
    /// Takes a user out of a group.
    RemoveUserFromGroup { account: String, user: String, group: String },

    /// Creates a customer managed IAM policy.
    CreateManagedPolicy { account: String, name: String, path: String, document: PolicyText },
    /// Renames a customer managed policy; what it is attached to follows (the playground's convenience).
    RenameManagedPolicy { arn: String, name: String },
    /// Deletes a customer managed policy, which must not be attached nor be a boundary.
    DeleteManagedPolicy { arn: String },
    /// Attaches a managed policy to a user, group or role.
    AttachManagedPolicy { account: String, identity: Identity, policy_arn: String },
    /// Detaches a managed policy from a user, group or role.
    DetachManagedPolicy { account: String, identity: Identity, policy_arn: String },
    /// Embeds a new policy in a user, group or role.
    CreateInlinePolicy { account: String, identity: Identity, name: String, document: PolicyText },
    /// Renames an inline policy (the playground's convenience).
    RenameInlinePolicy { account: String, identity: Identity, name: String, new_name: String },
    /// Deletes an inline policy.
    DeleteInlinePolicy { account: String, identity: Identity, name: String },

    /// Lists a resource.
    AddResource { account: String, resource: Arc<Resource> },
    /// Gives a listed resource another ARN, policy or tags.
    UpdateResource { account: String, arn: String, resource: Arc<Resource> },
    /// Takes a resource off the list.
    RemoveResource { account: String, arn: String },

    /// Adds a request at the end.
    AddRequest { request: Arc<Request> },
    /// Puts another request in the place of one.
    UpdateRequest { index: usize, request: Arc<Request> },
    /// Puts a copy of a request behind it.
    DuplicateRequest { index: usize },
    /// Removes a request.
    RemoveRequest { index: usize },
    /// Moves a request to another place in the list.
    MoveRequest { from: usize, to: usize },
}

/// Makes an edit, or says with which exception AWS would refuse it. The old document stays as it was.
pub fn apply(document: &Document, action: &Action) -> Result<Document, Exception> {
    let mut document = document.clone();
    apply_to(&mut document, action)?;
    Ok(document)
}

/// The table of all edits, one line each.
fn apply_to(document: &mut Document, action: &Action) -> Result<(), Exception> {
    use Action::*;
    match action {
        SetTitle { title } => document.title = title.as_str().into(),
        SetDescription { description } => document.description = description.as_str().into(),
        ReplaceDocument { document: other } => *document = other.clone(),
        EditPolicyText { place, text } | RewritePolicyText { place, text, .. } => {
            *edit::policy_text_mut(document, place)? = text.clone();
        }

        CreateOrganization { management_account } => {
            organization::create(document, management_account)?
        }
        DeleteOrganization => organization::delete(document)?,
        SetFeatureSet { feature_set } => organization::set_feature_set(document, *feature_set)?,
        EnablePolicyType { policy_type } => organization::enable(document, *policy_type)?,
        DisablePolicyType { policy_type } => organization::disable(document, *policy_type)?,

        CreateOrganizationalUnit { parent, id, name } => unit::create(document, parent, id, name)?,
        RenameOrganizationalUnit { id, name } => unit::rename(document, id, name)?,
        MoveOrganizationalUnit { id, parent } => unit::move_to(document, id, parent)?,
        DeleteOrganizationalUnit { id } => unit::delete(document, id)?,

        CreateAccount { id, name, email } => account::create(document, id, name, email)?,
        InviteAccount { id } => account::invite(document, id)?,
        MoveAccount { id, parent } => account::move_to(document, id, parent)?,
        RemoveAccount { id } => account::remove(document, id)?,
        CloseAccount { id } => account::close(document, id)?,
        ReopenAccount { id } => account::reopen(document, id)?,
        RenameAccount { id, name } => account::rename(document, id, name)?,
        UpdateAccount { id, email, state, joined_method } => {
            account::update(document, id, email, *state, *joined_method)?
        }
        SetManagementAccount { id } => organization::set_management_account(document, id)?,
        AddStandaloneAccount { id, name, email } => {
            account::add(document, id, name, email).map(drop)?
        }
        ForgetAccount { id } => account::forget(document, id)?,

        CreatePolicy { id, name, policy_type, description, document: text } => {
            policy::create(document, id, name, *policy_type, description, text)?
        }
        UpdatePolicy { id, name, description } => policy::update(document, id, name, description)?,
        DeletePolicy { id } => policy::delete(document, id)?,
        AttachPolicy { policy, target } => attachment::attach(document, policy, target)?,
        DetachPolicy { policy, target } => attachment::detach(document, policy, target)?,

        AddResource { account, resource } => resource::add(document, account, resource)?,
        UpdateResource { account, arn, resource } => {
            resource::update(document, account, arn, resource)?
        }
        RemoveResource { account, arn } => resource::remove(document, account, arn)?,
        AddRequest { request } => document.requests.push(request.clone()),
        UpdateRequest { index, request } => request::update(document, *index, request)?,
        DuplicateRequest { index } => request::duplicate(document, *index)?,
        RemoveRequest { index } => request::remove(document, *index)?,
        MoveRequest { from, to } => request::move_to(document, *from, *to)?,

        CreateIdentity { account, identity, path } => {
            iam::create(document, account, identity, path)?
        }
        RenameIdentity { account, identity, name } => {
            iam::rename(document, account, identity, name)?
        }
        SetIdentityPath { account, identity, path } => {
            iam::set_path(document, account, identity, path)?
        }
        DeleteIdentity { account, identity } => iam::delete(document, account, identity)?,
        SetIdentityTags { account, identity, tags } => iam::tag(document, account, identity, tags)?,
        SetPermissionsBoundary { account, identity, policy_arn } => {
            iam_policy::bound(document, account, identity, policy_arn.as_deref())?
        }
        AddUserToGroup { account, user, group } => {
            iam::add_to_group(document, account, user, group)?
        }
        RemoveUserFromGroup { account, user, group } => {
            iam::remove_from_group(document, account, user, group)?
        }
        CreateManagedPolicy { account, name, path, document: text } => {
            iam_policy::create(document, account, name, path, text)?
        }
        RenameManagedPolicy { arn, name } => iam_policy::rename(document, arn, name)?,
        DeleteManagedPolicy { arn } => iam_policy::delete(document, arn)?,
        AttachManagedPolicy { account, identity, policy_arn } => {
            iam_policy::attach(document, account, identity, policy_arn)?
        }
        DetachManagedPolicy { account, identity, policy_arn } => {
            iam_policy::detach(document, account, identity, policy_arn)?
        }
        CreateInlinePolicy { account, identity, name, document: text } => {
            iam_policy::embed(document, account, identity, name, text)?
        }
        RenameInlinePolicy { account, identity, name, new_name } => {
            iam_policy::rename_inline(document, account, identity, name, new_name)?
        }
        DeleteInlinePolicy { account, identity, name } => {
            iam_policy::delete_inline(document, account, identity, name)?
        }
    }
    Ok(())
}
