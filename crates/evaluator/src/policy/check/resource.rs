//! Entries of `Resource` and `NotResource`.

use super::variable::Place;
use crate::arn::split_fields;
use crate::diagnostic::{Diagnostic, DiagnosticCode as Code, Fix, Span};
use crate::policy::edit::quote;
use crate::policy::parse::Reader;
use crate::resource::ResourcePattern;

/// Services whose resources begin with their type, before a slash or a colon.
const TYPED_SERVICES: [&str; 12] = [
    "cloudformation",
    "dynamodb",
    "ec2",
    "ecs",
    "eks",
    "iam",
    "kms",
    "lambda",
    "logs",
    "rds",
    "secretsmanager",
    "ssm",
];

impl Reader<'_> {
    pub(in crate::policy) fn check_resource(
        &mut self,
        text: &str,
        problem: Option<String>,
        span: Span,
    ) {
        let is_any = !text.is_empty() && text.chars().all(|c| c == '*');
        if let Some(problem) = problem {
            let fix = self.repaired_resource(text, span);
            self.push(Diagnostic::new(Code::InvalidResource, span, problem).with_fix(fix));
        } else if let (Some(fields), false) = (split_fields(text), is_any) {
            self.wildcards_in_arn(text, &fields, span);
        } else if !is_any {
            let message = format!(
                "`{text}` has fewer than the six parts of an ARN, and the missing ones count as `*`"
            );
            let fix = self.repaired_resource(text, span);
            self.push(Diagnostic::new(Code::ShortArn, span, message).with_fix(fix));
        }
        self.check_variables(text, span, Place::Resource);
    }

    /// Writes all six parts, where the text has fewer.
    fn repaired_resource(&self, text: &str, span: Span) -> Option<Fix> {
        let trimmed = text.trim();
        let missing = 5_usize.saturating_sub(trimmed.matches(':').count());
        let bucket = trimmed.strip_prefix("arn:aws:s3:").map(|rest| rest.trim_start_matches(':'));
        let repaired = match bucket.filter(|bucket| missing > 0 && !bucket.is_empty()) {
            // Buckets have neither region nor account, so what was forgotten is a colon.
            Some(bucket) if !bucket.contains(':') => format!("arn:aws:s3:::{bucket}"),
            _ => format!("{trimmed}{}", ":*".repeat(missing)),
        };
        let (variables, short) = (self.variables, self.grammar.short_arn);
        let (_, problem) = ResourcePattern::parse(&repaired, variables, short, &mut |_| ());
        let is_better = repaired != text && problem.is_none();
        is_better.then(|| Fix::replace(format!("write `{repaired}`"), span, quote(&repaired)))
    }

    /// AWS documents that partition, service and type are to be written out.
    fn wildcards_in_arn(&mut self, text: &str, fields: &[&str; 6], span: Span) {
        let [_, partition, service, .., resource] = *fields;
        let is_wild = |part: &str| part.contains(['*', '?']);
        let kind = resource.split(['/', ':']).next().unwrap_or_default();
        let type_is_wild = kind.len() < resource.len()
            && is_wild(kind)
            && kind != "*"
            && TYPED_SERVICES.contains(&service);
        let what = if is_wild(partition) {
            "partition"
        } else if is_wild(service) {
            "service"
        } else if type_is_wild {
            "resource type"
        } else {
            return;
        };
        let message = format!("`{text}` has a wildcard in the {what}, expected it written out");
        self.report(Code::WildcardInArn, span, message);
    }
}
