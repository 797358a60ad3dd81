//! Changes of policies that come with the request or belong to a resource, and Denies that take an allow away.

use std::sync::Arc;

use iam_evaluator::{Gate, GateOutcome, Policy, PolicyType, RequestPrincipal};
use serde_json::{Value, json};

use super::candidates::{Finder, edit};
use crate::{Action, PolicyPlace, PolicyText, Request, Resource};

impl Finder<'_> {
    /// A policy of a single statement goes as a whole, for a policy needs one.
    pub(super) fn remove_policy(&mut self, place: &PolicyPlace) {
        let (action, label) = match place {
            PolicyPlace::Resource { account, arn } => {
                let Some(known) = self.listed(account, arn) else { return };
                let resource = Arc::new(Resource { policy: None, ..known });
                let (account, arn) = (account.clone(), arn.clone());
                let label = format!("Remove the policy of {arn}");
                (Action::UpdateResource { account, arn, resource }, label)
            }
            PolicyPlace::Session { index, .. } => {
                let without = |request: &mut Request| {
                    request.session_policies.remove(*index);
                };
                return self.change_request("Ask without this session policy", without);
            }
            PolicyPlace::VpcEndpoint { .. } => {
                let label = "Ask without the VPC endpoint policy";
                return self.change_request(label, |request| request.vpc_endpoint_policy = None);
            }
            PolicyPlace::RequestResource { .. } => {
                let label = "Ask without the resource policy that comes with the request";
                return self.change_request(label, |request| request.resource_policy = None);
            }
            _ => return,
        };
        self.statements.push(edit(action, label));
    }

    fn listed(&self, account: &str, arn: &str) -> Option<Resource> {
        let account = self.compiled.document().account(account)?;
        let known = account.resources.iter().find(|resource| resource.arn == arn)?;
        Some(Resource::clone(known))
    }

    /// Only a request of the document can be changed by an action.
    fn change_request(&mut self, label: &str, change: impl FnOnce(&mut Request)) {
        let Some(index) = self.index else { return };
        let Some(known) = self.compiled.document().requests().get(index) else { return };
        let mut request = Request::clone(known);
        change(&mut request);
        let action = Action::UpdateRequest { index, request: Arc::new(request) };
        self.statements.push(edit(action, label.to_owned()));
    }

    /// Policies that come with the request can allow more.
    pub(super) fn passed_grant(&mut self, gate: Gate, held: &[Arc<Policy>]) {
        let request = &self.answer.request;
        let (asked, resource) = (request.action.as_str(), request.resource.as_str());
        let what = format!("Allow {asked}");
        let added = match gate {
            Gate::VpcEndpointPolicy => {
                json!({ "Effect": "Allow", "Principal": "*", "Action": asked, "Resource": resource })
            }
            _ => json!({ "Effect": "Allow", "Action": asked, "Resource": resource }),
        };
        held.iter().for_each(|policy| self.add_statement(policy, &added, &what));
        if gate == Gate::SessionPolicy && held.is_empty() {
            let document = json!({ "Version": "2012-10-17", "Statement": [added] });
            let label = format!("Ask with a session policy that allows {asked}");
            let text = PolicyText::pretty(&document);
            self.change_request(&label, |request| request.session_policies.push(text));
        }
    }

    /// The resource's policy can name the caller.
    pub(super) fn resource_grant(&mut self, held: &[Arc<Policy>]) {
        let what = format!("Allow {} to the caller", self.answer.request.action.as_str());
        for policy in held {
            let added = self.for_caller("Allow", policy.document.policy_type);
            self.add_statement(policy, &added, &what);
        }
        if held.is_empty() {
            let added = self.for_caller("Allow", PolicyType::Resource);
            let document = json!({ "Version": "2012-10-17", "Statement": [added] });
            self.new_resource_policy(PolicyText::pretty(&document), &what);
        }
    }

    /// A resource that is listed without a policy gets one, another is listed with it.
    fn new_resource_policy(&mut self, text: PolicyText, what: &str) {
        let asked = self.answer.request.resource.as_str();
        let action = match self.listing() {
            Some((account, known)) => {
                let arn = known.arn.clone();
                let resource = Arc::new(Resource { policy: Some(text), ..known });
                Action::UpdateResource { account, arn, resource }
            }
            None => {
                let Some(account) = self.owner() else { return };
                let arn = asked.to_owned();
                let resource = Resource { arn, policy: Some(text), ..Resource::default() };
                Action::AddResource { account, resource: Arc::new(resource) }
            }
        };
        self.statements.push(edit(action, format!("{what} in a new policy of the resource")));
    }

    /// The resource as the document lists it, with the account that does.
    fn listing(&self) -> Option<(String, Resource)> {
        let asked = self.answer.request.resource.as_str();
        let holds = |resource: &Resource| {
            let rest = asked.strip_prefix(resource.arn.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ':']))
        };
        self.compiled.document().accounts().iter().find_map(|account| {
            let resource = account.resources.iter().find(|resource| holds(resource))?;
            Some((account.id.clone(), Resource::clone(resource)))
        })
    }

    /// The account that owns the resource, as far as somebody says so.
    pub(super) fn owner(&self) -> Option<String> {
        let request = &self.answer.request;
        let named = || request.resource.arn().and_then(|arn| arn.account_id());
        let said = request.resource_account.or_else(named).map(|id| id.to_string());
        said.or_else(|| self.listing().map(|(account, _)| account))
    }

    /// What is allowed can be denied where it is granted: in the resource's policy, or to the caller.
    pub(super) fn denials(&mut self) {
        let asked = self.answer.request.action.as_str().to_owned();
        let gate = self.answer.evaluation.gate(Gate::ResourcePolicy);
        let granting = gate.filter(|gate| matches!(gate.outcome, GateOutcome::Allow(_)));
        let levels = granting.into_iter().flat_map(|gate| &gate.levels);
        let held: Vec<Arc<Policy>> =
            levels.flat_map(|level| &level.policies).map(|it| Arc::clone(&it.policy)).collect();
        for policy in held {
            let added = self.for_caller("Deny", policy.document.policy_type);
            self.add_statement(&policy, &added, &format!("Deny {asked} to the caller"));
        }
        if let Some((account, identity)) = self.caller() {
            let resource = self.answer.request.resource.as_str();
            let denied = json!({ "Effect": "Deny", "Action": asked, "Resource": resource });
            let document =
                PolicyText::pretty(&json!({ "Version": "2012-10-17", "Statement": [denied] }));
            let name = format!("Deny-{}", asked.replace(':', "-"));
            let label = format!("Deny {asked} in a new inline policy of {}", identity.name());
            let action = Action::CreateInlinePolicy { account, identity, name, document };
            self.statements.push(edit(action, label));
        }
    }

    /// A statement about exactly this request. A trust policy names no resource: the role is the resource.
    fn for_caller(&self, effect: &str, policy_type: PolicyType) -> Value {
        let request = &self.answer.request;
        let principal = match &request.principal {
            RequestPrincipal::Service(name) => json!({ "Service": &**name }),
            RequestPrincipal::Federated(name) => json!({ "Federated": &**name }),
            RequestPrincipal::Anonymous => json!("*"),
            RequestPrincipal::AssumedRole { role, .. } => {
                let account = role.account.to_string();
                json!({ "AWS": crate::names::iam_arn(&account, "role", &role.path, &role.name) })
            }
            principal => json!({ "AWS": principal.to_string() }),
        };
        let (action, resource) = (request.action.as_str(), request.resource.as_str());
        match policy_type {
            PolicyType::RoleTrust => {
                json!({ "Effect": effect, "Principal": principal, "Action": action })
            }
            _ => {
                json!({ "Effect": effect, "Principal": principal, "Action": action, "Resource": resource })
            }
        }
    }
}
