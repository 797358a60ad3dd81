//! Some sixty actions that people ask about, each with a resource to ask about.
//!
//! The resources follow the Service Authorization Reference.

use iam_scenario::{Account, Document};

/// A service with some of its actions.
#[derive(Debug)]
pub struct Service {
    /// The prefix of its actions.
    pub prefix: &'static str,
    /// Actions, without the prefix, each with the ARN of a resource: `REGION` and `ACCOUNT` stand for the question's
    /// own.
    pub actions: &'static [(&'static str, &'static str)],
}

const INSTANCE: &str = "arn:aws:ec2:REGION:ACCOUNT:instance/i-0123456789abcdef0";
const BUCKET: &str = "arn:aws:s3:::example-bucket";
const OBJECT: &str = "arn:aws:s3:::example-bucket/report.csv";
const USER: &str = "arn:aws:iam::ACCOUNT:user/Example";
const ROLE: &str = "arn:aws:iam::ACCOUNT:role/Example";
const KEY: &str = "arn:aws:kms:REGION:ACCOUNT:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const FUNCTION: &str = "arn:aws:lambda:REGION:ACCOUNT:function:example";
const TABLE: &str = "arn:aws:dynamodb:REGION:ACCOUNT:table/example";
const QUEUE: &str = "arn:aws:sqs:REGION:ACCOUNT:example-queue";
const TOPIC: &str = "arn:aws:sns:REGION:ACCOUNT:example-topic";
const SECRET: &str = "arn:aws:secretsmanager:REGION:ACCOUNT:secret:example-a1b2c3";
const TRAIL: &str = "arn:aws:cloudtrail:REGION:ACCOUNT:trail/example";
const LOGS: &str = "arn:aws:logs:REGION:ACCOUNT:log-group:/example:*";

/// The services, in the order in which people meet them.
pub const SERVICES: &[Service] = &[
    Service {
        prefix: "iam",
        actions: &[
            ("ListUsers", "*"),
            ("GetRole", ROLE),
            ("CreateUser", USER),
            ("CreateAccessKey", USER),
            ("CreateRole", ROLE),
            ("PassRole", ROLE),
            ("AttachUserPolicy", USER),
            ("PutRolePolicy", ROLE),
            ("TagRole", ROLE),
        ],
    },
    Service { prefix: "sts", actions: &[("GetCallerIdentity", "*"), ("AssumeRole", ROLE)] },
    Service {
        prefix: "organizations",
        actions: &[
            ("ListAccounts", "*"),
            ("DescribeOrganization", "*"),
            ("CreateAccount", "*"),
            ("LeaveOrganization", "*"),
        ],
    },
    Service {
        prefix: "s3",
        actions: &[
            ("ListAllMyBuckets", "*"),
            ("ListBucket", BUCKET),
            ("GetObject", OBJECT),
            ("CreateBucket", BUCKET),
            ("PutObject", OBJECT),
            ("DeleteObject", OBJECT),
            ("PutBucketPolicy", BUCKET),
            ("PutObjectTagging", OBJECT),
        ],
    },
    Service {
        prefix: "ec2",
        actions: &[
            ("DescribeInstances", "*"),
            ("GetConsoleOutput", INSTANCE),
            ("RunInstances", INSTANCE),
            ("StartInstances", INSTANCE),
            ("StopInstances", INSTANCE),
            ("TerminateInstances", INSTANCE),
            ("CreateTags", INSTANCE),
        ],
    },
    Service {
        prefix: "lambda",
        actions: &[
            ("ListFunctions", "*"),
            ("GetFunction", FUNCTION),
            ("CreateFunction", FUNCTION),
            ("InvokeFunction", FUNCTION),
            ("AddPermission", FUNCTION),
            ("TagResource", FUNCTION),
        ],
    },
    Service {
        prefix: "kms",
        actions: &[
            ("ListKeys", "*"),
            ("DescribeKey", KEY),
            ("Decrypt", KEY),
            ("ScheduleKeyDeletion", KEY),
            ("PutKeyPolicy", KEY),
            ("TagResource", KEY),
        ],
    },
    Service {
        prefix: "dynamodb",
        actions: &[
            ("ListTables", "*"),
            ("GetItem", TABLE),
            ("PutItem", TABLE),
            ("DeleteTable", TABLE),
            ("TagResource", TABLE),
        ],
    },
    Service {
        prefix: "sqs",
        actions: &[
            ("ReceiveMessage", QUEUE),
            ("CreateQueue", QUEUE),
            ("SendMessage", QUEUE),
            ("AddPermission", QUEUE),
            ("TagQueue", QUEUE),
        ],
    },
    Service {
        prefix: "sns",
        actions: &[
            ("ListTopics", "*"),
            ("CreateTopic", TOPIC),
            ("Publish", TOPIC),
            ("AddPermission", TOPIC),
            ("TagResource", TOPIC),
        ],
    },
    Service {
        prefix: "secretsmanager",
        actions: &[
            ("ListSecrets", "*"),
            ("GetSecretValue", SECRET),
            ("CreateSecret", SECRET),
            ("PutResourcePolicy", SECRET),
            ("TagResource", SECRET),
        ],
    },
    Service {
        prefix: "cloudtrail",
        actions: &[
            ("ListTrails", "*"),
            ("LookupEvents", "*"),
            ("StopLogging", TRAIL),
            ("DeleteTrail", TRAIL),
            ("AddTags", TRAIL),
        ],
    },
    Service {
        prefix: "logs",
        actions: &[
            ("DescribeLogGroups", "*"),
            ("GetLogEvents", LOGS),
            ("CreateLogGroup", LOGS),
            ("DeleteLogGroup", LOGS),
        ],
    },
];

/// Lists the actions in full: prefix and name.
pub fn all_actions() -> impl Iterator<Item = String> {
    SERVICES.iter().flat_map(|service| {
        service.actions.iter().map(|(name, ..)| format!("{}:{name}", service.prefix))
    })
}

/// Who asks, and where: what makes an example's ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The caller's account.
    pub account: &'a str,
    /// The region.
    pub region: &'a str,
}

/// Finds an example resource for an action, in the caller's account; `None` for services that are not listed here.
pub fn example(document: &Document, action: &str, place: Place<'_>) -> Option<String> {
    let (prefix, name) = action.split_once(':')?;
    let service = SERVICES.iter().find(|it| it.prefix.eq_ignore_ascii_case(prefix))?;
    let known = service.actions.iter().find(|(it, ..)| it.eq_ignore_ascii_case(name));
    let (_, template) = known.or_else(|| service.actions.iter().find(|it| it.1 != "*"))?;
    Some(resource(document, template, place))
}

/// The same for the actions that stand here themselves.
pub fn common(document: &Document, action: &str, place: Place<'_>) -> Option<String> {
    let (prefix, name) = action.split_once(':')?;
    let service = SERVICES.iter().find(|it| it.prefix == prefix)?;
    let (_, template) = service.actions.iter().find(|(it, ..)| *it == name)?;
    Some(resource(document, template, place))
}

/// Makes the resource to ask about from its template; a fitting one that the account lists goes first.
fn resource(document: &Document, template: &str, place: Place<'_>) -> String {
    let listed = document.account(place.account).and_then(|account| listed(account, template));
    listed.unwrap_or_else(|| {
        let account = if place.account.is_empty() { "111122223333" } else { place.account };
        template.replace("ACCOUNT", account).replace("REGION", place.region)
    })
}

fn listed(account: &Account, template: &str) -> Option<String> {
    let arns = || account.resources.iter().map(|resource| resource.arn.as_str());
    if template == OBJECT {
        let bucket = arns().find(|arn| kind(arn) == kind(BUCKET))?;
        return Some(format!("{bucket}/report.csv"));
    }
    arns().find(|arn| kind(arn).is_some() && kind(arn) == kind(template)).map(str::to_owned)
}

/// The service of an ARN and the type of its resource: `("kms", "key")`. Buckets, queues and topics have no type.
fn kind(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.splitn(6, ':').skip(2);
    let (service, resource) = (parts.next()?, parts.nth(2)?);
    let kind = resource.split_once(['/', ':']).map_or("", |(kind, _)| kind);
    Some((service, kind))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_action_stands_once_with_a_resource_of_its_service() {
        let mut seen = HashSet::new();
        for service in SERVICES {
            for (name, resource) in service.actions {
                assert!(seen.insert((service.prefix, name)), "{}:{name} twice", service.prefix);
                let of = kind(resource).map_or(service.prefix, |(of, _)| of);
                // STS works on IAM's roles.
                assert!(of == service.prefix || service.prefix == "sts", "{name}: {resource}");
            }
        }
        assert!((60..=80).contains(&seen.len()), "{}", seen.len());
    }

    #[test]
    fn listed_resources_go_before_examples() {
        let document = crate::seed::document();
        let place = Place { account: "777777777777", region: "eu-central-1" };
        let found = |action| example(&document, action, place);
        let object = "arn:aws:s3:::example-customer-data/report.csv";
        assert_eq!(found("s3:GetObject").as_deref(), Some(object));
        assert_eq!(found("s3:GetObjectAcl").as_deref(), Some("arn:aws:s3:::example-customer-data"));
        let instance = "arn:aws:ec2:eu-central-1:777777777777:instance/i-0123456789abcdef0";
        assert_eq!(found("ec2:StartInstances").as_deref(), Some(instance));
        assert_eq!(found("madeup:Action"), None);
    }
}
