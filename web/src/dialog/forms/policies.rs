//! Forms for policies: creating, attaching, deleting them.

use iam_scenario::{
    Account, Action, Document, Identity, PolicyPlace, PolicyText, PolicyType, built_in,
};

use super::{filled, form, iam::managed_policies, name_of};
use crate::dialog::{Field, Form};
use crate::selection::Selection;

/// What a new SCP says: nothing is denied before the person writes it, but the shape is there.
const NEW_SCP: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "DenySomething",
      "Effect": "Deny",
      "Action": "s3:DeleteBucket",
      "Resource": "*"
    }
  ]
}"#;

/// What a new RCP says.
const NEW_RCP: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "DenyInsecureTransport",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {
        "BoolIfExists": {
          "aws:SecureTransport": "false"
        }
      }
    }
  ]
}"#;

/// What a new identity-based policy says.
const NEW_IDENTITY_POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "*"
    }
  ]
}"#;

/// Creates an SCP or RCP.
pub fn create_policy(document: &Document, policy_type: PolicyType) -> Form {
    let kind = policy_type.abbreviation();
    let text = match policy_type {
        PolicyType::ServiceControlPolicy => NEW_SCP,
        PolicyType::ResourceControlPolicy => NEW_RCP,
    };
    let fields = vec![Field::text("Name", ""), Field::text("Description", "")];
    let (document, opened) = (document.clone(), document.clone());
    form(format!("Create an {kind}"), "Create", fields, move |values| Action::CreatePolicy {
        id: document.free_policy_id(&filled(values, 0)),
        name: filled(values, 0),
        policy_type,
        description: filled(values, 1),
        document: PolicyText::new(text),
    })
    .intro("It has no effect until it is attached.")
    .then_open(move |values| {
        Selection::organization_policy(&opened.free_policy_id(&filled(values, 0)))
    })
}

/// Deletes an SCP or RCP.
pub fn delete_policy(document: &Document, id: &str) -> Form {
    let name = document.policy(id).map_or(id, |policy| &policy.name).to_owned();
    let action = Action::DeletePolicy { id: id.to_owned() };
    form(format!("Delete {name}?"), "Delete", vec![], move |_| action.clone())
        .intro("A policy must be detached everywhere before it can be deleted.")
        .danger()
}

/// Attaches a policy to a root, OU or account.
pub fn attach(document: &Document, target: &str) -> Form {
    let own = document.organization().map(|organization| organization.policies.as_slice());
    let aws = built_in::organization_policies().iter();
    let attached = attached_to(document, target);
    let choices = (own.unwrap_or_default().iter().chain(aws))
        .filter(|policy| {
            policy.id != built_in::RCP_FULL_AWS_ACCESS && !attached.contains(&policy.id)
        })
        .map(|policy| {
            (policy.id.clone(), format!("{} · {}", policy.policy_type.abbreviation(), policy.name))
        });
    let fields = vec![Field::choice("Policy", choices.collect())];
    let title = format!("Attach a policy to {}", name_of(document, target));
    let target = target.to_owned();
    form(title, "Attach", fields, move |values| Action::AttachPolicy {
        policy: filled(values, 0),
        target: target.clone(),
    })
}

fn attached_to(document: &Document, target: &str) -> Vec<String> {
    let unit = document.organizational_unit(target).map(|unit| unit.attached_policies.clone());
    unit.or_else(|| document.account(target).map(|account| account.attached_policies.clone()))
        .unwrap_or_default()
}

/// Attaches one policy to a target that the person chooses.
pub fn attach_to(document: &Document, policy: &str) -> Form {
    let mut targets = super::places(document, None);
    let members = document.accounts().iter().filter(|account| document.is_member(&account.id));
    targets.extend(members.map(|it| (it.id.clone(), format!("{} ({})", it.name, it.id))));
    targets.retain(|(id, _)| !attached_to(document, id).iter().any(|attached| attached == policy));
    let name = document.policy(policy).map_or(policy, |policy| &policy.name).to_owned();
    let policy = policy.to_owned();
    form(format!("Attach {name}"), "Attach", vec![Field::choice("To", targets)], move |values| {
        Action::AttachPolicy { policy: policy.clone(), target: filled(values, 0) }
    })
}

/// Creates a customer managed policy.
pub fn create_managed(account: &Account) -> Form {
    let (id, opened) = (account.id.clone(), account.id.clone());
    let fields = vec![Field::text("Name", "")];
    let title = format!("Create a managed policy in {}", account.name);
    form(title, "Create", fields, move |values| Action::CreateManagedPolicy {
        account: id.clone(),
        name: filled(values, 0),
        path: "/".to_owned(),
        document: PolicyText::new(NEW_IDENTITY_POLICY),
    })
    .then_open(move |values| {
        let arn = iam_scenario::names::iam_arn(&opened, "policy", "/", &filled(values, 0));
        Selection::policy(PolicyPlace::Managed { arn })
    })
}

/// Renames a customer managed policy.
pub fn rename_managed(arn: &str) -> Form {
    let name = arn.rsplit('/').next().unwrap_or_default().to_owned();
    let arn = arn.to_owned();
    let fields = vec![Field::text("Name", name.clone())];
    form(format!("Rename {name}"), "Rename", fields, move |values| Action::RenameManagedPolicy {
        arn: arn.clone(),
        name: filled(values, 0),
    })
}

/// Deletes a customer managed policy.
pub fn delete_managed(arn: &str) -> Form {
    let action = Action::DeleteManagedPolicy { arn: arn.to_owned() };
    form("Delete this managed policy?", "Delete", vec![], move |_| action.clone())
        .intro("It must not be attached to anything, nor be a permissions boundary.")
        .danger()
}

/// Attaches a managed policy to a user, group or role.
pub fn attach_managed(account: &Account, identity: &Identity) -> Form {
    let fields = vec![Field::choice("Managed policy", managed_policies(account))];
    let (account, identity) = (account.id.clone(), identity.clone());
    let title = format!("Attach a managed policy to {}", identity.name());
    form(title, "Attach", fields, move |values| Action::AttachManagedPolicy {
        account: account.clone(),
        identity: identity.clone(),
        policy_arn: filled(values, 0),
    })
}

/// Embeds a policy in a user, group or role.
pub fn create_inline(account: &str, identity: &Identity) -> Form {
    let (account, identity) = (account.to_owned(), identity.clone());
    let (opened, title) = (
        (account.clone(), identity.clone()),
        format!("Create an inline policy in {}", identity.name()),
    );
    form(title, "Create", vec![Field::text("Name", "")], move |values| Action::CreateInlinePolicy {
        account: account.clone(),
        identity: identity.clone(),
        name: filled(values, 0),
        document: PolicyText::new(NEW_IDENTITY_POLICY),
    })
    .then_open(move |values| {
        let ((account, identity), name) = (opened.clone(), filled(values, 0));
        Selection::policy(PolicyPlace::Inline { account, identity, name })
    })
}

/// Renames an inline policy.
pub fn rename_inline(account: &str, identity: &Identity, name: &str) -> Form {
    let (account, identity, name) = (account.to_owned(), identity.clone(), name.to_owned());
    let fields = vec![Field::text("Name", name.clone())];
    form(format!("Rename {name}"), "Rename", fields, move |values| Action::RenameInlinePolicy {
        account: account.clone(),
        identity: identity.clone(),
        name: name.clone(),
        new_name: filled(values, 0),
    })
}

/// Deletes an inline policy.
pub fn delete_inline(account: &str, identity: &Identity, name: &str) -> Form {
    let action = Action::DeleteInlinePolicy {
        account: account.to_owned(),
        identity: identity.clone(),
        name: name.to_owned(),
    };
    form(format!("Delete {name}?"), "Delete", vec![], move |_| action.clone()).danger()
}
