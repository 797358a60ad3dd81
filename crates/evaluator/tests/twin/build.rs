//! The same world and question for the evaluator under test.

use std::sync::Arc;

use iam_evaluator::{
    Account, Action, ConditionKey, Decision, Organization, OrganizationSettings, Policy,
    PolicyDocument, PolicyOrigin, PolicyType, Request, RequestPrincipal, RequestResource, Resource,
    Role, Tag, TargetPolicies, User, decide,
};
use serde_json::Value;

use crate::twin::model::{self, Answer, Attached, LEVELS, ORGANIZATION, Question, World};

pub fn decision(organization: &Organization, question: &Question) -> Answer {
    match decide(organization, &request(question)) {
        Decision::Allowed => Answer::Allowed,
        Decision::ExplicitDeny => Answer::ExplicitDeny,
        Decision::ImplicitDeny => Answer::ImplicitDeny,
    }
}

pub fn organization(world: &World) -> Organization {
    let mut builder = match &world.organization {
        None => Organization::standalone(),
        Some(settings) => Organization::builder(OrganizationSettings {
            id: ORGANIZATION.into(),
            management_account: settings.management.map(|id| id.parse().unwrap()),
            service_control_policies: settings.scps,
            resource_control_policies: settings.rcps,
        }),
    };
    let mut targets = vec![];
    if world.organization.is_some() {
        let [root, outer, inner] = world.levels.each_ref().map(attached);
        let root = builder.root(LEVELS[0], "Root", root);
        let outer = builder.organizational_unit(root, LEVELS[1], "Outer", outer).unwrap();
        let inner = builder.organizational_unit(outer, LEVELS[2], "Inner", inner).unwrap();
        targets = vec![root, outer, inner];
    }
    for account in &world.accounts {
        let parent = account.place.and_then(|place| targets.get(place).copied());
        builder.account(parent, Arc::new(inside(account)), attached(&account.attached)).unwrap();
    }
    builder.build()
}

fn attached(attached: &Attached) -> TargetPolicies {
    TargetPolicies {
        service_control_policies: policies(&attached.scps, PolicyType::ServiceControlPolicy),
        resource_control_policies: policies(&attached.rcps, PolicyType::ResourceControlPolicy),
    }
}

fn inside(account: &model::Account) -> Account {
    let mut made = Account::new(account.id.parse().unwrap(), account.id);
    let boundary = |identity: &model::Identity| {
        identity.boundary.as_ref().map(|it| policy(it, PolicyType::Identity))
    };
    made.users = (account.users.iter())
        .map(|user| User {
            name: user.name.into(),
            arn: user.arn.as_str().into(),
            policies: policies(&user.policies, PolicyType::Identity),
            permissions_boundary: boundary(user),
            tags: tags(&user.tags),
        })
        .collect();
    made.roles = (account.roles.iter())
        .map(|role| Role {
            name: role.name.into(),
            arn: role.arn.as_str().into(),
            trust_policy: role.trust.as_ref().map(|it| policy(it, PolicyType::RoleTrust)),
            policies: policies(&role.policies, PolicyType::Identity),
            permissions_boundary: boundary(role),
            tags: tags(&role.tags),
        })
        .collect();
    made.resources = (account.resources.iter())
        .map(|resource| Resource {
            arn: resource.arn.into(),
            policy: resource.policy.as_ref().map(|it| policy(it, PolicyType::Resource)),
            tags: tags(&resource.tags),
        })
        .collect();
    made
}

pub fn request(question: &Question) -> Request {
    let mut request = Request::new(
        RequestPrincipal::parse(&question.caller.text()).unwrap(),
        Action::parse(question.action).unwrap(),
        RequestResource::parse(question.resource).unwrap(),
    );
    request.resource_account = question.owner.map(|id| id.parse().unwrap());
    for (key, values) in &question.context {
        let values = values.iter().map(|value| (*value).into()).collect();
        request.context.set(ConditionKey::new(key), values);
    }
    request.derive_context = question.derive;
    request.session_policies = policies(&question.session_policies, PolicyType::Session);
    request.session_tags = tags(&question.session_tags);
    let resource_type = match question.resource.contains(":role/") {
        true => PolicyType::RoleTrust,
        false => PolicyType::Resource,
    };
    let one = |it: &Option<Value>, kind| it.as_ref().map(|it| policy(it, kind));
    request.vpc_endpoint_policy = one(&question.endpoint_policy, PolicyType::VpcEndpoint);
    request.resource_policy = one(&question.resource_policy, resource_type);
    request
}

fn policies(documents: &[Value], policy_type: PolicyType) -> Vec<Arc<Policy>> {
    documents.iter().map(|document| policy(document, policy_type)).collect()
}

fn policy(document: &Value, policy_type: PolicyType) -> Arc<Policy> {
    let document = PolicyDocument::parse(&document.to_string(), policy_type);
    Arc::new(Policy {
        name: "policy".into(),
        origin: PolicyOrigin::Request { index: 0 },
        document: Arc::new(document),
    })
}

fn tags(tags: &[(&str, &str)]) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag::new(key, value)).collect()
}
