//! Accounts with their identities and resources.

use std::sync::Arc;

use super::stream::{Reader, Writer};
use super::{Policies, policy};
use crate::link::LinkError;
use crate::{
    Account, AccountState, Group, InlinePolicy, JoinedMethod, ManagedPolicy, Pairs, Resource, Role,
    User,
};

/// In the order of their numbers.
const STATES: [AccountState; 5] = [
    AccountState::Active,
    AccountState::PendingActivation,
    AccountState::Suspended,
    AccountState::PendingClosure,
    AccountState::Closed,
];

/// Writes everything of an account but its id, which came before.
pub(super) fn write_account(writer: &mut Writer, account: &Account, policies: &Policies<'_>) {
    let state = STATES.iter().position(|state| *state == account.state).unwrap_or_default();
    let named_by_id = account.name == account.id;
    let invited = account.joined_method == JoinedMethod::Invited;
    writer.flags([!account.email.is_empty(), invited, state != 0, named_by_id]);
    if !named_by_id {
        writer.text(&account.name);
    }
    writer.optional_text(&account.email);
    if state != 0 {
        writer.number(state);
    }
    policies.write(writer, &account.attached_policies);
    writer.flags([
        !account.roles.is_empty(),
        !account.users.is_empty(),
        !account.managed_policies.is_empty(),
        !account.groups.is_empty(),
        !account.resources.is_empty(),
    ]);
    writer.optional_list(&account.roles, |writer, role| write_role(writer, role));
    writer.optional_list(&account.users, |writer, user| write_user(writer, user));
    writer.optional_list(&account.managed_policies, |writer, managed| {
        write_managed_policy(writer, managed)
    });
    writer.optional_list(&account.groups, |writer, group| write_group(writer, group));
    writer.optional_list(&account.resources, |writer, resource| write_resource(writer, resource));
}

pub(super) fn read_account(
    reader: &mut Reader<'_>,
    id: String,
    policies: &Policies<'_>,
) -> Result<Account, LinkError> {
    let [has_email, invited, has_state, named_by_id] = reader.flags()?;
    let name = if named_by_id { id.clone() } else { reader.text()? };
    let email = reader.optional_text(has_email)?;
    let state = if has_state { reader.number()? } else { 0 };
    let state = *STATES.get(state).ok_or(LinkError::Corrupt)?;
    let joined_method = if invited { JoinedMethod::Invited } else { JoinedMethod::Created };
    let attached_policies = policies.read(reader)?;
    let [has_roles, has_users, has_managed_policies, has_groups, has_resources] = reader.flags()?;
    Ok(Account {
        id,
        name,
        email,
        state,
        joined_method,
        attached_policies,
        roles: reader.optional_list(has_roles, |reader| read_role(reader).map(Arc::new))?,
        users: reader.optional_list(has_users, |reader| read_user(reader).map(Arc::new))?,
        managed_policies: reader.optional_list(has_managed_policies, |reader| {
            read_managed_policy(reader).map(Arc::new)
        })?,
        groups: reader.optional_list(has_groups, |reader| read_group(reader).map(Arc::new))?,
        resources: reader
            .optional_list(has_resources, |reader| read_resource(reader).map(Arc::new))?,
    })
}

fn write_user(writer: &mut Writer, user: &User) {
    writer.flags([
        !user.attached_policies.is_empty(),
        !user.inline_policies.is_empty(),
        !user.groups.is_empty(),
        user.permissions_boundary.is_some(),
        !user.tags.is_empty(),
        user.path != "/",
    ]);
    writer.text(&user.name);
    write_texts(writer, &user.attached_policies);
    write_inline_policies(writer, &user.inline_policies);
    write_texts(writer, &user.groups);
    user.permissions_boundary.iter().for_each(|arn| writer.text(arn));
    write_tags(writer, &user.tags);
    write_path(writer, &user.path);
}

fn read_user(reader: &mut Reader<'_>) -> Result<User, LinkError> {
    let [has_attached, has_inline, has_groups, has_boundary, has_tags, has_path] =
        reader.flags()?;
    Ok(User {
        name: reader.text()?,
        attached_policies: reader.optional_list(has_attached, |reader| reader.text())?,
        inline_policies: read_inline_policies(reader, has_inline)?,
        groups: reader.optional_list(has_groups, |reader| reader.text())?,
        permissions_boundary: has_boundary.then(|| reader.text()).transpose()?,
        tags: read_tags(reader, has_tags)?,
        path: read_path(reader, has_path)?,
    })
}

fn write_group(writer: &mut Writer, group: &Group) {
    writer.flags([
        !group.attached_policies.is_empty(),
        !group.inline_policies.is_empty(),
        group.path != "/",
    ]);
    writer.text(&group.name);
    write_texts(writer, &group.attached_policies);
    write_inline_policies(writer, &group.inline_policies);
    write_path(writer, &group.path);
}

fn read_group(reader: &mut Reader<'_>) -> Result<Group, LinkError> {
    let [has_attached, has_inline, has_path] = reader.flags()?;
    Ok(Group {
        name: reader.text()?,
        attached_policies: reader.optional_list(has_attached, |reader| reader.text())?,
        inline_policies: read_inline_policies(reader, has_inline)?,
        path: read_path(reader, has_path)?,
    })
}

fn write_role(writer: &mut Writer, role: &Role) {
    writer.flags([
        !role.attached_policies.is_empty(),
        !role.inline_policies.is_empty(),
        role.trust_policy.is_empty(),
        role.permissions_boundary.is_some(),
        !role.tags.is_empty(),
        role.path != "/",
    ]);
    writer.text(&role.name);
    if !role.trust_policy.is_empty() {
        policy::write(writer, &role.trust_policy);
    }
    write_texts(writer, &role.attached_policies);
    write_inline_policies(writer, &role.inline_policies);
    role.permissions_boundary.iter().for_each(|arn| writer.text(arn));
    write_tags(writer, &role.tags);
    write_path(writer, &role.path);
}

fn read_role(reader: &mut Reader<'_>) -> Result<Role, LinkError> {
    let [has_attached, has_inline, trusts_nobody, has_boundary, has_tags, has_path] =
        reader.flags()?;
    Ok(Role {
        name: reader.text()?,
        trust_policy: if trusts_nobody { Default::default() } else { policy::read(reader)? },
        attached_policies: reader.optional_list(has_attached, |reader| reader.text())?,
        inline_policies: read_inline_policies(reader, has_inline)?,
        permissions_boundary: has_boundary.then(|| reader.text()).transpose()?,
        tags: read_tags(reader, has_tags)?,
        path: read_path(reader, has_path)?,
    })
}

fn write_managed_policy(writer: &mut Writer, managed: &ManagedPolicy) {
    writer.flags([managed.path != "/"]);
    writer.text(&managed.name);
    write_path(writer, &managed.path);
    policy::write(writer, &managed.document);
}

fn read_managed_policy(reader: &mut Reader<'_>) -> Result<ManagedPolicy, LinkError> {
    let [has_path] = reader.flags()?;
    Ok(ManagedPolicy {
        name: reader.text()?,
        path: read_path(reader, has_path)?,
        document: policy::read(reader)?,
    })
}

fn write_resource(writer: &mut Writer, resource: &Resource) {
    writer.flags([resource.policy.is_some(), !resource.tags.is_empty()]);
    writer.text(&resource.arn);
    resource.policy.iter().for_each(|text| policy::write(writer, text));
    write_tags(writer, &resource.tags);
}

fn read_resource(reader: &mut Reader<'_>) -> Result<Resource, LinkError> {
    let [has_policy, has_tags] = reader.flags()?;
    Ok(Resource {
        arn: reader.text()?,
        policy: has_policy.then(|| policy::read(reader)).transpose()?,
        tags: read_tags(reader, has_tags)?,
    })
}

fn write_texts(writer: &mut Writer, texts: &[String]) {
    writer.optional_list(texts, |writer, text| writer.text(text));
}

fn write_path(writer: &mut Writer, path: &str) {
    if path != "/" {
        writer.text(path);
    }
}

fn read_path(reader: &mut Reader<'_>, has_path: bool) -> Result<String, LinkError> {
    if has_path { reader.text() } else { Ok("/".to_owned()) }
}

fn write_inline_policies(writer: &mut Writer, policies: &[Arc<InlinePolicy>]) {
    writer.optional_list(policies, |writer, inline| {
        writer.text(&inline.name);
        policy::write(writer, &inline.document);
    });
}

fn read_inline_policies(
    reader: &mut Reader<'_>,
    are_there: bool,
) -> Result<Vec<Arc<InlinePolicy>>, LinkError> {
    reader.optional_list(are_there, |reader| {
        Ok(Arc::new(InlinePolicy { name: reader.text()?, document: policy::read(reader)? }))
    })
}

/// Writes names with values unless there are none: a flag has said so.
pub(super) fn write_tags(writer: &mut Writer, tags: &Pairs<String>) {
    if !tags.is_empty() {
        writer.number(tags.len());
        for (name, value) in tags.iter() {
            writer.text(name);
            writer.text(value);
        }
    }
}

pub(super) fn read_tags(
    reader: &mut Reader<'_>,
    are_there: bool,
) -> Result<Pairs<String>, LinkError> {
    let tags = reader.optional_list(are_there, |reader| Ok((reader.text()?, reader.text()?)))?;
    Ok(tags.into_iter().collect())
}
