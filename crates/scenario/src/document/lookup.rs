//! Finding things in a document by the names that AWS gives them.

use std::sync::Arc;

use super::{Account, Document, Group, OrganizationalUnit, Policy, Role, User};
use crate::names::iam_arn;
use crate::{PolicyText, built_in};

impl Document {
    /// Finds an account by its id.
    pub fn account(&self, id: &str) -> Option<&Arc<Account>> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// Finds a policy of the organization by its id, AWS's own included.
    pub fn policy(&self, id: &str) -> Option<&Arc<Policy>> {
        let own = self
            .organization
            .as_ref()
            .and_then(|organization| organization.policies.iter().find(|policy| policy.id == id));
        own.or_else(|| built_in::organization_policy(id))
    }

    /// Finds the root or an organizational unit by its id.
    pub fn organizational_unit(&self, id: &str) -> Option<&Arc<OrganizationalUnit>> {
        self.path_to(id).last().copied().filter(|unit| unit.id == id)
    }

    /// Finds what an account or an organizational unit stands in: the root or another unit.
    pub fn parent(&self, id: &str) -> Option<&Arc<OrganizationalUnit>> {
        self.path_to(id).into_iter().rfind(|unit| unit.id != id)
    }

    /// Lists the way from the root down to an account or unit: the root, then each unit, the wanted unit included.
    /// Empty for what is not in the tree.
    ///
    /// ```
    /// use iam_scenario::Document;
    ///
    /// let document = Document::from_json(r#"{ "format": 1, "organization": { "root": { "organizationalUnits": [
    ///     { "id": "ou-root-aaaaaaaa", "name": "Dev", "accounts": ["222222222222"] }
    /// ] } } }"#)?;
    /// let names: Vec<&str> = document.path_to("222222222222").iter().map(|unit| unit.name.as_str()).collect();
    /// assert_eq!(names, ["Root", "Dev"]);
    /// # Ok::<(), iam_scenario::DocumentError>(())
    /// ```
    pub fn path_to(&self, id: &str) -> Vec<&Arc<OrganizationalUnit>> {
        let mut path = Vec::new();
        if let Some(organization) = &self.organization {
            descend(&organization.root, id, &mut path);
        }
        path
    }

    /// Decides whether an account is a member of the organization, the management account included.
    pub fn is_member(&self, account: &str) -> bool {
        !self.path_to(account).is_empty()
    }

    /// Finds the text of a managed IAM policy by its ARN: a customer managed one of any account, or one of AWS's.
    pub fn managed_policy(&self, arn: &str) -> Option<&PolicyText> {
        let (account, _) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
        match account {
            "aws" => built_in::aws_managed_policy(arn).map(|policy| &policy.document),
            account => self.account(account)?.managed_policy(arn).map(|policy| &policy.document),
        }
    }
}

impl Account {
    /// Finds a user by name.
    pub fn user(&self, name: &str) -> Option<&Arc<User>> {
        self.users.iter().find(|user| user.name == name)
    }

    /// Finds a group by name.
    pub fn group(&self, name: &str) -> Option<&Arc<Group>> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// Finds a role by name.
    pub fn role(&self, name: &str) -> Option<&Arc<Role>> {
        self.roles.iter().find(|role| role.name == name)
    }

    /// Finds a customer managed policy by its ARN.
    pub fn managed_policy(&self, arn: &str) -> Option<&Arc<super::ManagedPolicy>> {
        let rest = arn
            .strip_prefix("arn:aws:iam::")?
            .strip_prefix(self.id.as_str())?
            .strip_prefix(":policy")?;
        self.managed_policies
            .iter()
            .find(|policy| rest.strip_suffix(policy.name.as_str()) == Some(policy.path.as_str()))
    }

    /// Returns the ARN of a user of this account.
    pub fn user_arn(&self, user: &User) -> String {
        iam_arn(&self.id, "user", &user.path, &user.name)
    }

    /// Returns the ARN of a role of this account.
    pub fn role_arn(&self, role: &Role) -> String {
        iam_arn(&self.id, "role", &role.path, &role.name)
    }

    /// Returns the ARN of a customer managed policy of this account.
    pub fn managed_policy_arn(&self, policy: &super::ManagedPolicy) -> String {
        iam_arn(&self.id, "policy", &policy.path, &policy.name)
    }
}

impl OrganizationalUnit {
    /// Walks through this unit and everything below it, each unit before those in it.
    pub fn walk(self: &Arc<Self>) -> impl Iterator<Item = &Arc<OrganizationalUnit>> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let unit = waiting.pop()?;
            waiting.extend(unit.organizational_units.iter().rev());
            Some(unit)
        })
    }
}

/// Leaves in `path` the way to `id`; the recursion is at most six levels deep.
fn descend<'a>(
    unit: &'a Arc<OrganizationalUnit>,
    id: &str,
    path: &mut Vec<&'a Arc<OrganizationalUnit>>,
) -> bool {
    path.push(unit);
    let found = unit.id == id
        || unit.accounts.iter().any(|account| account == id)
        || unit.organizational_units.iter().any(|below| descend(below, id, path));
    if !found {
        path.pop();
    }
    found
}
