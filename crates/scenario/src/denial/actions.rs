//! From an API call to the IAM action that it needs: mostly the same name, with exceptions.
//!
//! Follows the Service Authorization Reference and the "permissions required" tables of S3, Lambda and the others.

/// The action of an event that CloudTrail recorded: its source, such as `s3.amazonaws.com`, and its name.
pub(super) fn of_event(source: &str, name: &str) -> String {
    let service = source.strip_suffix(".amazonaws.com").unwrap_or(source);
    let prefix = match service {
        "monitoring" => "cloudwatch",
        "email" => "ses",
        "tagging" => "tag",
        "runtime.lex" | "models.lex" => "lex",
        "data.iot" => "iot",
        "streams.dynamodb" => "dynamodb",
        "metering.marketplace" | "entitlement.marketplace" => "aws-marketplace",
        "api.ecr" => "ecr",
        other => other,
    };
    action(prefix, name)
}

/// The action of an operation whose service is known only from its error code; empty where that says nothing.
pub(super) fn of_operation(operation: &str, code: &str) -> String {
    let s3 =
        ["GetObject", "HeadObject", "PutObject", "ListObjectsV2", "ListObjects", "ListBuckets"];
    let more =
        ["DeleteObject", "DeleteObjects", "CopyObject", "UploadPart", "CreateMultipartUpload"];
    let prefix = match code {
        "UnauthorizedOperation" | "Client.UnauthorizedOperation" => "ec2",
        _ if s3.contains(&operation) || more.contains(&operation) => "s3",
        _ if operation.starts_with("AssumeRole") => "sts",
        _ => return String::new(),
    };
    if operation.is_empty() { String::new() } else { action(prefix, operation) }
}

fn action(prefix: &str, name: &str) -> String {
    let name = match prefix {
        "lambda" => lambda(name),
        "s3" => return format!("s3:{}", s3(name)),
        "sqs" => name.strip_suffix("Batch").unwrap_or(name),
        "kms" if name == "ReEncrypt" => "ReEncryptFrom",
        "elasticfilesystem" if name == "NewClientConnection" => "ClientMount",
        _ => name,
    };
    format!("{prefix}:{name}")
}

/// Lambda's events end in a date and sometimes a version: `GetFunction20150331v2`.
fn lambda(name: &str) -> &str {
    let plain = match name.rsplit_once('v') {
        Some((before, version)) if is_number(version) && before.ends_with(is_digit) => before,
        _ => name,
    };
    let plain = plain.trim_end_matches(is_digit);
    match plain {
        "Invoke" | "InvokeAsync" | "InvokeWithResponseStream" => "InvokeFunction",
        plain => plain,
    }
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_digit)
}

/// S3's operations and permissions have different names in many places.
fn s3(name: &str) -> &str {
    match name {
        "ListBuckets" => "ListAllMyBuckets",
        "ListObjects" | "ListObjectsV2" | "HeadBucket" => "ListBucket",
        "ListObjectVersions" => "ListBucketVersions",
        "ListMultipartUploads" => "ListBucketMultipartUploads",
        "ListParts" => "ListMultipartUploadParts",
        "HeadObject" | "SelectObjectContent" => "GetObject",
        "PostObject"
        | "CreateMultipartUpload"
        | "UploadPart"
        | "CompleteMultipartUpload"
        | "CopyObject"
        | "UploadPartCopy" => "PutObject",
        "DeleteObjects" => "DeleteObject",
        "GetBucketEncryption" => "GetEncryptionConfiguration",
        "PutBucketEncryption" | "DeleteBucketEncryption" => "PutEncryptionConfiguration",
        "GetBucketLifecycle" | "GetBucketLifecycleConfiguration" => "GetLifecycleConfiguration",
        "PutBucketLifecycle" | "PutBucketLifecycleConfiguration" | "DeleteBucketLifecycle" => {
            "PutLifecycleConfiguration"
        }
        "GetBucketReplication" => "GetReplicationConfiguration",
        "PutBucketReplication" | "DeleteBucketReplication" => "PutReplicationConfiguration",
        "GetBucketAccelerateConfiguration" => "GetAccelerateConfiguration",
        "PutBucketAccelerateConfiguration" => "PutAccelerateConfiguration",
        "GetBucketCors" => "GetBucketCORS",
        "PutBucketCors" | "DeleteBucketCors" => "PutBucketCORS",
        "DeleteBucketTagging" => "PutBucketTagging",
        "GetBucketNotificationConfiguration" => "GetBucketNotification",
        "PutBucketNotificationConfiguration" => "PutBucketNotification",
        "GetPublicAccessBlock" => "GetBucketPublicAccessBlock",
        "PutPublicAccessBlock" | "DeletePublicAccessBlock" => "PutBucketPublicAccessBlock",
        "GetObjectLockConfiguration" => "GetBucketObjectLockConfiguration",
        "PutObjectLockConfiguration" => "PutBucketObjectLockConfiguration",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_become_actions() {
        for (source, name, wanted) in [
            ("ec2", "RunInstances", "ec2:RunInstances"),
            ("monitoring", "PutMetricAlarm", "cloudwatch:PutMetricAlarm"),
            ("s3", "ListObjectsV2", "s3:ListBucket"),
            ("s3", "DeleteBucketEncryption", "s3:PutEncryptionConfiguration"),
            ("lambda", "GetFunction20150331v2", "lambda:GetFunction"),
            ("lambda", "Invoke", "lambda:InvokeFunction"),
            ("lambda", "TagResource20170331v2", "lambda:TagResource"),
            ("sqs", "SendMessageBatch", "sqs:SendMessage"),
        ] {
            assert_eq!(of_event(&format!("{source}.amazonaws.com"), name), wanted);
        }
        assert_eq!(of_operation("GetObject", "AccessDenied"), "s3:GetObject");
        assert_eq!(of_operation("RunInstances", "UnauthorizedOperation"), "ec2:RunInstances");
        assert_eq!(of_operation("CreateThing", "AccessDenied"), "");
    }
}
