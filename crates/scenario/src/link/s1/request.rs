//! Requests.

use super::iam::{read_tags, write_tags};
use super::policy;
use super::stream::{Reader, Writer};
use crate::link::LinkError;
use crate::{ContextValue, Decision, Request};

pub(in crate::link) fn write(writer: &mut Writer, request: &Request) {
    let expect = match request.expect {
        None => 0,
        Some(Decision::Allowed) => 1,
        Some(Decision::ExplicitDeny) => 2,
        Some(Decision::ImplicitDeny) => 3,
    };
    writer.flags([
        expect & 1 != 0,
        expect & 2 != 0,
        request.resource != "*",
        !request.context.is_empty(),
        request.name.is_empty(),
        request.resource_account.is_some(),
        !request.derive_context,
        !request.session_policies.is_empty(),
        !request.session_tags.is_empty(),
        request.vpc_endpoint_policy.is_some(),
        request.resource_policy.is_some(),
    ]);
    writer.optional_text(&request.name);
    writer.text(&request.principal);
    writer.text(&request.action);
    if request.resource != "*" {
        writer.text(&request.resource);
    }
    if !request.context.is_empty() {
        writer.number(request.context.len());
        for (key, value) in request.context.iter() {
            writer.text(key);
            write_value(writer, value);
        }
    }
    request.resource_account.iter().for_each(|account| writer.text(account));
    writer.optional_list(&request.session_policies, policy::write);
    write_tags(writer, &request.session_tags);
    request.vpc_endpoint_policy.iter().for_each(|text| policy::write(writer, text));
    request.resource_policy.iter().for_each(|text| policy::write(writer, text));
}

pub(in crate::link) fn read(reader: &mut Reader<'_>) -> Result<Request, LinkError> {
    let [
        expect_low,
        expect_high,
        has_resource,
        has_context,
        has_no_name,
        has_account,
        derives_nothing,
        has_session_policies,
        has_session_tags,
        has_endpoint_policy,
        has_resource_policy,
    ] = reader.flags()?;
    let expect = match (expect_high, expect_low) {
        (false, false) => None,
        (false, true) => Some(Decision::Allowed),
        (true, false) => Some(Decision::ExplicitDeny),
        (true, true) => Some(Decision::ImplicitDeny),
    };
    Ok(Request {
        name: reader.optional_text(!has_no_name)?,
        principal: reader.text()?,
        action: reader.text()?,
        resource: if has_resource { reader.text()? } else { "*".to_owned() },
        context: reader
            .optional_list(has_context, |reader| Ok((reader.text()?, read_value(reader)?)))?
            .into_iter()
            .collect(),
        resource_account: has_account.then(|| reader.text()).transpose()?,
        derive_context: !derives_nothing,
        session_policies: reader.optional_list(has_session_policies, policy::read)?,
        session_tags: read_tags(reader, has_session_tags)?,
        vpc_endpoint_policy: has_endpoint_policy.then(|| policy::read(reader)).transpose()?,
        resource_policy: has_resource_policy.then(|| policy::read(reader)).transpose()?,
        expect,
    })
}

/// Writes the value of a condition key: absent (0), one (1), or a list (two more than its length).
fn write_value(writer: &mut Writer, value: &ContextValue) {
    match value {
        ContextValue::Absent => writer.number(0),
        ContextValue::One(value) => {
            writer.number(1);
            writer.text(value);
        }
        ContextValue::Many(values) => {
            writer.number(values.len() + 2);
            values.iter().for_each(|value| writer.text(value));
        }
    }
}

fn read_value(reader: &mut Reader<'_>) -> Result<ContextValue, LinkError> {
    match reader.number()? {
        0 => Ok(ContextValue::Absent),
        1 => Ok(ContextValue::One(reader.text()?)),
        length => Ok(ContextValue::Many(reader.times(length - 2, |reader| reader.text())?)),
    }
}
