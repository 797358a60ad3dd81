//! What may be written at a place of a policy, the best first.

use iam_catalog::{Action, Catalog, ConditionKey, ConditionKeyKind};
use iam_evaluator::{ConditionOperator, PolicyType, Span, Test};

use super::offer::{MOST, action, best, fields, has, listed, quoted, value, verbs};
use super::scan::{Scan, Site, Word, scan};
use super::scenario::{self, Known};
use super::{Assist, Completion, Completions};
use crate::vocabulary::{can_name, operators_fit, types_of};

/// From how many letters on actions are looked for in every service.
const ENOUGH_LETTERS: usize = 3;

/// Services that act by themselves and that policies name often.
const SERVICES: [&str; 20] = [
    "apigateway",
    "backup",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "codebuild",
    "config",
    "delivery.logs",
    "ec2",
    "ecs-tasks",
    "eks",
    "events",
    "firehose",
    "glue",
    "lambda",
    "logging.s3",
    "s3",
    "sns",
    "ssm",
    "states",
];

const REGIONS: [&str; 14] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "sa-east-1",
];

impl Assist<'_> {
    /// Says what may be written at a place, by what stands before it. Between strings an answer comes only when the
    /// person asks.
    pub fn complete(&self, text: &str, offset: usize, asked: bool) -> Option<Completions> {
        let scan = scan(text, offset);
        let word = scan.words.iter().find(|word| word.contains(offset));
        let site = match word {
            Some(word) => &word.site,
            None => scan.gap.as_ref().filter(|_| asked)?,
        };
        let typed = word.and_then(|word| text.get(word.inside.start..offset)).unwrap_or_default();
        let place = Place { text, scan: &scan, site, word, typed };
        let items = self.at(&place);
        let items = best(items, typed);
        if items.is_empty() {
            return None;
        }
        let (span, items) = match word {
            // A name is written with its value, unless it has one.
            Some(word) if site.is_name => (word.whole.clone(), items),
            Some(word) => (word.inside.clone(), items),
            None if site.is_name => (offset..offset, items),
            None => (offset..offset, items.into_iter().map(quoted).collect()),
        };
        Some(Completions { span: Span::new(span.start, span.end), items })
    }

    fn at(&self, place: &Place<'_>) -> Vec<Completion> {
        match (place.site.path.as_slice(), place.site.is_name) {
            ([], true) => self.elements(place, self.top_elements()),
            (["Statement"], true) => self.elements(place, &self.statement_elements()),
            (["Statement", "Principal" | "NotPrincipal"], true) => {
                let types = ["AWS", "Service", "Federated", "CanonicalUser"];
                types.iter().map(|it| self.named(place, it, "element", "\"${}\"")).collect()
            }
            (["Statement", "Condition"], true) => self.operators(place),
            (["Statement", "Condition", operator], true) => self.keys(place, operator),
            (path, false) => self.value(place, path),
            _ => Vec::new(),
        }
    }

    fn value(&self, place: &Place<'_>, path: &[&str]) -> Vec<Completion> {
        match path {
            ["Version"] => ["2012-10-17", "2008-10-17"].map(|it| value(it, "")).into(),
            ["Statement", "Effect"] if self.policy_type == PolicyType::ResourceControlPolicy => {
                vec![value("Deny", "")]
            }
            ["Statement", "Effect"] => ["Deny", "Allow"].map(|it| value(it, "")).into(),
            ["Statement", "Action" | "NotAction"] => self.actions(place.typed),
            ["Statement", "Resource" | "NotResource"] => self.resources(place),
            ["Statement", "Principal" | "NotPrincipal"] => vec![value("*", "everybody")],
            ["Statement", "Principal" | "NotPrincipal", "AWS"] => {
                let mut known = scenario::roots(self.document);
                known.extend(scenario::identities(self.document));
                known.push(("*".to_owned(), "everybody".to_owned()));
                listed(known, "principal")
            }
            ["Statement", "Principal" | "NotPrincipal", "Service"] => {
                SERVICES.iter().map(|it| value(&format!("{it}.amazonaws.com"), "")).collect()
            }
            ["Statement", "Condition", operator, key] => self.condition_values(operator, key),
            _ => Vec::new(),
        }
    }

    fn top_elements(&self) -> &'static [&'static str] {
        match self.policy_type {
            PolicyType::Resource | PolicyType::RoleTrust | PolicyType::VpcEndpoint => {
                &["Version", "Id", "Statement"]
            }
            _ => &["Version", "Statement"],
        }
    }

    fn statement_elements(&self) -> Vec<&'static str> {
        use PolicyType as Type;
        let policy_type = self.policy_type;
        let mut elements = vec!["Sid", "Effect"];
        if !matches!(policy_type, Type::Identity | Type::Session | Type::ServiceControlPolicy) {
            elements.push("Principal");
        }
        elements.push("Action");
        if policy_type != Type::RoleTrust {
            elements.push("Resource");
        }
        elements.push("Condition");
        if policy_type != Type::ResourceControlPolicy {
            elements.push("NotAction");
        }
        if policy_type != Type::RoleTrust {
            elements.push("NotResource");
        }
        if matches!(policy_type, Type::Resource | Type::VpcEndpoint) {
            elements.push("NotPrincipal");
        }
        elements
    }

    /// The elements that are not there yet; one excludes its negation.
    fn elements(&self, place: &Place<'_>, all: &[&str]) -> Vec<Completion> {
        let present = place.siblings();
        let is_free = |name: &&&str| {
            let bare = name.trim_start_matches("Not");
            !present.iter().any(|it| it.trim_start_matches("Not") == bare)
        };
        let skeleton = |name: &str| match name {
            "Version" => "\"2012-10-17\"",
            "Statement" => "[{ \"${}\" }]",
            "Condition" => "{ \"${}\" }",
            "Principal" if self.policy_type == PolicyType::ResourceControlPolicy => "\"*\"",
            "Principal" | "NotPrincipal" => "{ \"AWS\": \"${}\" }",
            _ => "\"${}\"",
        };
        let free = all.iter().filter(is_free);
        free.map(|name| self.named(place, name, "element", skeleton(name))).collect()
    }

    /// A member's name with the beginning of its value.
    fn named(
        &self,
        place: &Place<'_>,
        name: &str,
        kind: &'static str,
        skeleton: &str,
    ) -> Completion {
        let goes_on =
            !place.has_value() && skeleton.contains("${}") && name != "Sid" && name != "Id";
        let insert = match place.has_value() {
            true => format!("\"{name}\""),
            false => format!("\"{name}\": {skeleton}"),
        };
        let detail = self.words.of(name).unwrap_or_default().to_owned();
        Completion { label: name.to_owned(), detail, kind, insert, goes_on }
    }

    fn operators(&self, place: &Place<'_>) -> Vec<Completion> {
        let wants_set = place.typed.to_ascii_lowercase().starts_with("for");
        let prefixes: &[&str] = match wants_set {
            true => &["ForAnyValue:", "ForAllValues:"],
            false => &[""],
        };
        let mut found = Vec::new();
        for prefix in prefixes {
            for suffix in ["", "IfExists"] {
                let names =
                    ConditionOperator::names().map(|name| format!("{prefix}{name}{suffix}"));
                let names = names.filter(|name| ConditionOperator::parse(name).is_some());
                found.extend(names.map(|name| {
                    let base = name.trim_start_matches(prefix).trim_end_matches("IfExists");
                    let mut item = self.named(place, &name, "operator", "{ \"${}\" }");
                    item.detail = self.words.of(base).unwrap_or_default().to_owned();
                    item
                }));
            }
        }
        found
    }

    /// The keys that the statement's actions bring first, then those of every request.
    fn keys(&self, place: &Place<'_>, operator: &str) -> Vec<Completion> {
        let Some(catalog) = self.catalog else { return Vec::new() };
        let test = ConditionOperator::parse(operator).map(|it| it.test);
        let mut keys: Vec<ConditionKey<'_>> = Vec::new();
        for action in place.actions(catalog).into_iter().take(MOST) {
            for key in action.all_condition_keys() {
                if !key.name().starts_with("aws:") {
                    add(&mut keys, key);
                }
            }
        }
        catalog.global_condition_keys().for_each(|key| add(&mut keys, key));
        if let Some(service) = place.typed.split_once(':').and_then(|(it, _)| catalog.service(it)) {
            service.condition_keys().for_each(|key| add(&mut keys, key));
        }
        let fits = |key: &ConditionKey<'_>| {
            test.is_none_or(|test| operators_fit(test, key.key_type().kind))
        };
        // Of keys that fit their operator the best is further up; the order is kept otherwise.
        let (first, last): (Vec<_>, Vec<_>) = keys.into_iter().partition(fits);
        first.into_iter().chain(last).map(|key| self.key(place, key)).collect()
    }

    fn key(&self, place: &Place<'_>, key: ConditionKey<'_>) -> Completion {
        let name = match key.around_placeholder() {
            Some((before, after)) => format!("{before}${{1:TagKey}}{after}"),
            None => key.name().to_owned(),
        };
        let multivalued = if key.key_type().multivalued { ", several" } else { "" };
        let insert = match place.has_value() {
            true => format!("\"{name}\""),
            false => format!("\"{name}\": \"${{}}\""),
        };
        Completion {
            label: key.name().to_owned(),
            detail: format!("{}{multivalued}", key.key_type().kind.name()),
            kind: "key",
            goes_on: !place.has_value() && !name.contains("${"),
            insert,
        }
    }

    /// Services, then the actions of the one that is named; from some letters on those of every service.
    fn actions(&self, typed: &str) -> Vec<Completion> {
        let trust = [
            "sts:AssumeRole",
            "sts:AssumeRoleWithSAML",
            "sts:AssumeRoleWithWebIdentity",
            "sts:TagSession",
            "sts:SetSourceIdentity",
        ];
        if self.policy_type == PolicyType::RoleTrust {
            return trust.map(|it| value(it, "")).into();
        }
        let rcp = self.policy_type == PolicyType::ResourceControlPolicy;
        let Some(catalog) = self.catalog else { return Vec::new() };
        if let Some((prefix, _)) = typed.split_once(':') {
            let Some(service) = catalog.service(prefix) else { return Vec::new() };
            let all = value(&format!("{}:*", service.prefix()), "every action");
            let all = Completion { kind: "action", ..all };
            let verbs = verbs(service.actions(), service.prefix());
            return [all].into_iter().chain(verbs).chain(service.actions().map(action)).collect();
        }
        let services = catalog.services().filter(|it| !rcp || it.supports_rcp());
        let mut found: Vec<Completion> = services
            .map(|service| Completion {
                label: format!("{}:", service.prefix()),
                detail: service.name().to_owned(),
                kind: "service",
                insert: format!("{}:", service.prefix()),
                goes_on: true,
            })
            .collect();
        if typed.len() >= ENOUGH_LETTERS {
            let wanted = typed.to_ascii_lowercase();
            let matching = catalog
                .actions()
                .filter(|it| (!rcp || it.service().supports_rcp()) && has(it.name(), &wanted));
            found.extend(matching.take(4 * MOST).map(action));
        }
        if !rcp {
            found.push(value("*", "every action of every service"));
        }
        found
    }

    /// The scenario's resources that the actions work on, the formats of others, and everything.
    fn resources(&self, place: &Place<'_>) -> Vec<Completion> {
        let mut found = Vec::new();
        let mut formats: Vec<(&str, &str)> = Vec::new();
        if let Some(catalog) = self.catalog {
            for action in place.actions(catalog).into_iter().take(4 * MOST) {
                for it in types_of(action) {
                    if !formats.iter().any(|(known, _)| *known == it.arn_format()) {
                        formats.push((it.arn_format(), it.name()));
                    }
                }
            }
        }
        let mut known: Vec<Known> = Vec::new();
        for (arn, says) in scenario::resources(self.document) {
            // A bucket stands for its objects.
            let inside = format!("{arn}/*");
            for arn in [arn, inside] {
                if formats.iter().any(|(format, _)| can_name(&arn, format)) {
                    known.push((arn, says.clone()));
                }
            }
        }
        found.extend(listed(known, "resource"));
        found.extend(formats.into_iter().map(|(format, name)| Completion {
            label: format.replace("${Partition}", "aws"),
            detail: name.to_owned(),
            kind: "resource",
            insert: fields(format),
            goes_on: false,
        }));
        found.push(value("*", "every resource"));
        found
    }

    fn condition_values(&self, operator: &str, key: &str) -> Vec<Completion> {
        let test = ConditionOperator::parse(operator).map(|it| it.test);
        let kind = self.catalog.and_then(|it| it.condition_key(key)).map(|it| it.key_type().kind);
        if matches!(test, Some(Test::Null | Test::Bool)) || kind == Some(ConditionKeyKind::Bool) {
            return ["true", "false"].map(|it| value(it, "")).into();
        }
        let folded = key.to_ascii_lowercase();
        let document = self.document;
        let known = match folded.trim_start_matches("aws:") {
            "principalorgid" | "resourceorgid" | "sourceorgid" | "vpceorgid" => {
                scenario::organization(document)
            }
            "principalorgpaths" | "resourceorgpaths" | "sourceorgpaths" | "vpceorgpaths" => {
                scenario::paths(document)
            }
            "principalaccount" | "resourceaccount" | "sourceaccount" | "vpceaccount"
            | "s3:resourceaccount" | "kms:calleraccount" => scenario::accounts(document),
            "principalarn" => {
                let mut known = scenario::identities(document);
                known.extend(scenario::roots(document));
                known
            }
            "sourcearn" => scenario::resources(document),
            "requestedregion" => return REGIONS.map(|it| value(it, "")).into(),
            "principaltype" => {
                let types = ["User", "AssumedRole", "FederatedUser", "Account", "Anonymous"];
                return types.map(|it| value(it, "")).into();
            }
            "calledvia" | "calledviafirst" | "calledvialast" | "principalservicename" => {
                return SERVICES
                    .iter()
                    .map(|it| value(&format!("{it}.amazonaws.com"), ""))
                    .collect();
            }
            _ => Vec::new(),
        };
        listed(known, "value")
    }
}

fn add<'c>(keys: &mut Vec<ConditionKey<'c>>, key: ConditionKey<'c>) {
    if !keys.iter().any(|it| it.name() == key.name()) {
        keys.push(key);
    }
}

/// The place that is completed.
struct Place<'a> {
    text: &'a str,
    scan: &'a Scan<'a>,
    site: &'a Site<'a>,
    word: Option<&'a Word<'a>>,
    typed: &'a str,
}

impl Place<'_> {
    /// The names that the object around has already, the one being written left out.
    fn siblings(&self) -> Vec<&str> {
        let here = self.word.map(|word| word.whole.start);
        let names = self.scan.words.iter().filter(|word| {
            word.site.is_name
                && word.site.object == self.site.object
                && Some(word.whole.start) != here
        });
        names.map(|word| word.text).collect()
    }

    /// Whether the name being written has its colon.
    fn has_value(&self) -> bool {
        let after = self.word.and_then(|word| self.text.get(word.whole.end..)).unwrap_or_default();
        after.trim_start().starts_with(':')
    }

    /// The actions that the statement names.
    fn actions<'c>(&self, catalog: &'c Catalog) -> Vec<Action<'c>> {
        let named = self.scan.words.iter().filter(|word| {
            !word.site.is_name
                && word.site.statement == self.site.statement
                && word.site.path == ["Statement", "Action"]
        });
        let ranges = named.map(|word| catalog.expand(word.text));
        let mut found: Vec<Action<'c>> = Vec::new();
        for range in ranges {
            found.extend(range.iter().filter_map(|at| catalog.action_at(at)));
        }
        found
    }
}
