//! Some sixty actions that people ask about, each with its access level and a resource to ask about.
//!
//! Levels and resources follow the Service Authorization Reference.

use iam_scenario::{Account, Document};

/// An access level, as the Service Authorization Reference names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Sees that things exist.
    List,
    /// Reads contents and settings.
    Read,
    /// Creates, changes, deletes.
    Write,
    /// Grants or changes permissions.
    PermissionsManagement,
    /// Changes tags alone.
    Tagging,
}

impl AccessLevel {
    /// Every level.
    pub const ALL: [AccessLevel; 5] =
        [Self::List, Self::Read, Self::Write, Self::PermissionsManagement, Self::Tagging];

    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::PermissionsManagement => "Permissions management",
            Self::Tagging => "Tagging",
        }
    }
}

/// A service with some of its actions.
#[derive(Debug)]
pub struct Service {
    /// The prefix of its actions.
    pub prefix: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Actions, without the prefix, each with its level and the ARN of a resource: `REGION` and `ACCOUNT` stand for
    /// the question's own.
    pub actions: &'static [(&'static str, AccessLevel, &'static str)],
}

use AccessLevel::{List, PermissionsManagement as Permissions, Read, Tagging, Write};

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
        name: "IAM",
        actions: &[
            ("ListUsers", List, "*"),
            ("GetRole", Read, ROLE),
            ("CreateUser", Write, USER),
            ("CreateAccessKey", Write, USER),
            ("CreateRole", Write, ROLE),
            ("PassRole", Write, ROLE),
            ("AttachUserPolicy", Permissions, USER),
            ("PutRolePolicy", Permissions, ROLE),
            ("TagRole", Tagging, ROLE),
        ],
    },
    Service {
        prefix: "sts",
        name: "STS",
        actions: &[("GetCallerIdentity", Read, "*"), ("AssumeRole", Write, ROLE)],
    },
    Service {
        prefix: "organizations",
        name: "Organizations",
        actions: &[
            ("ListAccounts", List, "*"),
            ("DescribeOrganization", Read, "*"),
            ("CreateAccount", Write, "*"),
            ("LeaveOrganization", Write, "*"),
        ],
    },
    Service {
        prefix: "s3",
        name: "S3",
        actions: &[
            ("ListAllMyBuckets", List, "*"),
            ("ListBucket", List, BUCKET),
            ("GetObject", Read, OBJECT),
            ("CreateBucket", Write, BUCKET),
            ("PutObject", Write, OBJECT),
            ("DeleteObject", Write, OBJECT),
            ("PutBucketPolicy", Permissions, BUCKET),
            ("PutObjectTagging", Tagging, OBJECT),
        ],
    },
    Service {
        prefix: "ec2",
        name: "EC2",
        actions: &[
            ("DescribeInstances", List, "*"),
            ("GetConsoleOutput", Read, INSTANCE),
            ("RunInstances", Write, INSTANCE),
            ("StartInstances", Write, INSTANCE),
            ("StopInstances", Write, INSTANCE),
            ("TerminateInstances", Write, INSTANCE),
            ("CreateTags", Tagging, INSTANCE),
        ],
    },
    Service {
        prefix: "lambda",
        name: "Lambda",
        actions: &[
            ("ListFunctions", List, "*"),
            ("GetFunction", Read, FUNCTION),
            ("CreateFunction", Write, FUNCTION),
            ("InvokeFunction", Write, FUNCTION),
            ("AddPermission", Permissions, FUNCTION),
            ("TagResource", Tagging, FUNCTION),
        ],
    },
    Service {
        prefix: "kms",
        name: "KMS",
        actions: &[
            ("ListKeys", List, "*"),
            ("DescribeKey", Read, KEY),
            ("Decrypt", Write, KEY),
            ("ScheduleKeyDeletion", Write, KEY),
            ("PutKeyPolicy", Permissions, KEY),
            ("TagResource", Tagging, KEY),
        ],
    },
    Service {
        prefix: "dynamodb",
        name: "DynamoDB",
        actions: &[
            ("ListTables", List, "*"),
            ("GetItem", Read, TABLE),
            ("PutItem", Write, TABLE),
            ("DeleteTable", Write, TABLE),
            ("TagResource", Tagging, TABLE),
        ],
    },
    Service {
        prefix: "sqs",
        name: "SQS",
        actions: &[
            ("ReceiveMessage", Read, QUEUE),
            ("CreateQueue", Write, QUEUE),
            ("SendMessage", Write, QUEUE),
            ("AddPermission", Permissions, QUEUE),
            ("TagQueue", Tagging, QUEUE),
        ],
    },
    Service {
        prefix: "sns",
        name: "SNS",
        actions: &[
            ("ListTopics", List, "*"),
            ("CreateTopic", Write, TOPIC),
            ("Publish", Write, TOPIC),
            ("AddPermission", Permissions, TOPIC),
            ("TagResource", Tagging, TOPIC),
        ],
    },
    Service {
        prefix: "secretsmanager",
        name: "Secrets Manager",
        actions: &[
            ("ListSecrets", List, "*"),
            ("GetSecretValue", Read, SECRET),
            ("CreateSecret", Write, SECRET),
            ("PutResourcePolicy", Permissions, SECRET),
            ("TagResource", Tagging, SECRET),
        ],
    },
    Service {
        prefix: "cloudtrail",
        name: "CloudTrail",
        actions: &[
            ("ListTrails", List, "*"),
            ("LookupEvents", Read, "*"),
            ("StopLogging", Write, TRAIL),
            ("DeleteTrail", Write, TRAIL),
            ("AddTags", Tagging, TRAIL),
        ],
    },
    Service {
        prefix: "logs",
        name: "CloudWatch Logs",
        actions: &[
            ("DescribeLogGroups", List, "*"),
            ("GetLogEvents", Read, LOGS),
            ("CreateLogGroup", Write, LOGS),
            ("DeleteLogGroup", Write, LOGS),
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
    let (_, _, template) = known.or_else(|| service.actions.iter().find(|it| it.2 != "*"))?;
    Some(resource(document, template, place))
}

/// Makes the resource to ask about from its template; a fitting one that the account lists goes first.
pub fn resource(document: &Document, template: &str, place: Place<'_>) -> String {
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
            for (name, _, resource) in service.actions {
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
