//! A CloudTrail record of a denied call.
//!
//! Follows the CloudTrail User Guide, "CloudTrail record contents" and "CloudTrail userIdentity element".

use iam_evaluator::explanation;
use serde_json::Value;

use super::{Denial, DenialError, actions};
use crate::{ContextValue, Request};

/// Reads a record, a file of records, or what `lookup-events` prints; `None` where the JSON is something else.
/// Of several records the first denied one counts.
pub(super) fn read(value: &Value) -> Option<Result<Denial, DenialError>> {
    let records = records(value);
    if records.is_empty() {
        return None;
    }
    match records.iter().find(|record| explanation::is_denied(text(record, "errorCode"))) {
        None => Some(Err(DenialError("none of these CloudTrail records is of a denied call"))),
        Some(record) => {
            let denied = records.iter().filter(|it| explanation::is_denied(text(it, "errorCode")));
            let mut denial = denial(record);
            if denied.count() > 1 {
                denial
                    .notes
                    .push("There are several denied calls in it: this is the first.".into());
            }
            Some(Ok(denial))
        }
    }
}

fn records(value: &Value) -> Vec<Value> {
    if value.get("eventSource").is_some() && value.get("eventName").is_some() {
        return vec![value.clone()];
    }
    let list = |member: &str| value.get(member).and_then(Value::as_array).into_iter().flatten();
    let inner = |event: &Value| -> Option<Value> {
        serde_json::from_str(event.get("CloudTrailEvent")?.as_str()?).ok()
    };
    let one = value.get("CloudTrailEvent").and_then(|_| inner(value));
    let alone = value.as_array().into_iter().flatten();
    let all = list("Records").chain(alone).filter(|it| it.get("eventName").is_some()).cloned();
    all.chain(list("Events").filter_map(inner)).chain(one).collect()
}

fn denial(record: &Value) -> Denial {
    let action = actions::of_event(text(record, "eventSource"), text(record, "eventName"));
    let message = explanation::read_denial(text(record, "errorMessage")).unwrap_or_default();
    let mut denial = Denial::from_message(&message, &action);
    denial.notes.retain(|note| !note.starts_with("The message"));
    let identity = record.get("userIdentity").unwrap_or(&Value::Null);
    if let Some(principal) = principal(identity) {
        denial.request.principal = principal;
    }
    if denial.request.resource.is_empty() {
        denial.request.resource = resource(record).unwrap_or_default();
    }
    denial.request.resource_account = owner(record, &denial.request.resource);
    context(record, identity, &mut denial.request);
    if text(record, "vpcEndpointId").is_empty() && text(record, "errorCode") == "VpceAccessDenied" {
        denial
            .notes
            .push("A VPC endpoint policy denied it; the record does not show that policy.".into());
    }
    if denial.request.principal.is_empty() {
        denial.notes.push("The record does not say who called.".to_owned());
    }
    denial.notes.push(
        "CloudTrail does not record tags, session policies and session tags: add them where they matter."
            .to_owned(),
    );
    denial
}

fn principal(identity: &Value) -> Option<String> {
    let (arn, account) = (text(identity, "arn"), text(identity, "accountId"));
    let found = match text(identity, "type") {
        "Root" => format!("arn:aws:iam::{account}:root"),
        "AWSService" => text(identity, "invokedBy").to_owned(),
        _ if account.eq_ignore_ascii_case("anonymous_principal") => "*".to_owned(),
        _ if account == "anonymous" => "*".to_owned(),
        _ => arn.to_owned(),
    };
    (!found.is_empty()).then_some(found)
}

/// The resource that the record lists, else what the parameters of some calls name.
fn resource(record: &Value) -> Option<String> {
    let listed = record.get("resources").and_then(Value::as_array).into_iter().flatten();
    let arn = |it: &Value| {
        ["ARN", "arn"].iter().map(|name| text(it, name).to_owned()).find(|arn| !arn.is_empty())
    };
    let listed: Vec<String> = listed.filter_map(arn).collect();
    // S3 lists the bucket beside the object: the longest is the most exact.
    if let Some(longest) = listed.into_iter().max_by_key(String::len) {
        return Some(longest);
    }
    let parameters = record.get("requestParameters")?;
    match text(parameters, "bucketName") {
        "" => {
            let all = parameters.as_object()?.values().filter_map(Value::as_str);
            all.filter(|value| value.starts_with("arn:")).map(str::to_owned).next()
        }
        bucket => Some(match text(parameters, "key") {
            "" => format!("arn:aws:s3:::{bucket}"),
            key => format!("arn:aws:s3:::{bucket}/{key}"),
        }),
    }
}

/// The owner of a resource whose ARN names none.
fn owner(record: &Value, resource: &str) -> Option<String> {
    if resource.split(':').nth(4).is_none_or(|account| !account.is_empty()) {
        return None;
    }
    let listed = record.get("resources").and_then(Value::as_array).into_iter().flatten();
    listed.map(|it| text(it, "accountId")).find(|id| !id.is_empty()).map(str::to_owned)
}

/// The condition keys that a record shows.
fn context(record: &Value, identity: &Value, request: &mut Request) {
    let attributes = identity.pointer("/sessionContext/attributes").unwrap_or(&Value::Null);
    let mut set = |key: &str, value: &str| {
        if !value.is_empty() {
            request.context.set(key, ContextValue::One(value.to_owned()));
        }
    };
    set("aws:RequestedRegion", text(record, "awsRegion"));
    let endpoint = text(record, "vpcEndpointId");
    set("aws:SourceVpce", endpoint);
    set("aws:VpceAccount", text(record, "vpcEndpointAccountId"));
    let address = text(record, "sourceIPAddress");
    let is_address = address.parse::<std::net::IpAddr>().is_ok();
    match is_address && endpoint.is_empty() {
        true => set("aws:SourceIp", address),
        false if is_address => set("aws:VpcSourceIp", address),
        false => {}
    }
    set("aws:UserAgent", text(record, "userAgent"));
    set("aws:CurrentTime", text(record, "eventTime"));
    set("aws:MultiFactorAuthPresent", text(attributes, "mfaAuthenticated"));
    set("aws:TokenIssueTime", text(attributes, "creationDate"));
    let session = identity.get("sessionContext").unwrap_or(&Value::Null);
    set("aws:SourceIdentity", text(session, "sourceIdentity"));
    let by = text(identity, "invokedBy");
    if !by.is_empty() && text(identity, "type") != "AWSService" {
        set("aws:ViaAWSService", "true");
        request.context.set("aws:CalledVia", ContextValue::Many(vec![by.to_owned()]));
    }
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}
