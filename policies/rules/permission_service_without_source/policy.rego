# METADATA
# title: Permission for a service has no source ARN or source account
# description: |
#   Without a source ARN or source account, the service can invoke the function on behalf of any of
#   its customers: a bucket, topic, rule or API in another AWS account can trigger it. This is the
#   confused deputy problem: the service has the permission, and a third party decides when it is
#   used. The same applies to the policy of a queue or topic that triggers a function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
#     description: Granting Lambda function access to AWS services
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
#     description: The confused deputy problem
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
#     description: Granting permissions to publish event notification messages to a destination
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-service-without-source
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10b, 13e]
#   since: v0.1.0
#   cwe: [CWE-441]
#   peers:
#     - Trivy AWS-0067
#     - Steampipe lambda_permission_restricted_service_permission
#     - CKV_AWS_364
#     - Semgrep aws-lambda-permission-unrestricted-source-arn
#     - Regula FG_R00499
#     - Guard LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED
#     - Security Hub Lambda.1
#   fix:
#     title: Restrict the permission to a source ARN or source account
#     unsafe: other callers that use this permission lose access
#     steps:
#       - when: {principal: events.amazonaws.com}
#         attribute: source_arn
#         set: {only: {terraform: aws_cloudwatch_event_rule.arn, cloudformation: AWS::Events::Rule.Arn}}
#       - when: {principal: sns.amazonaws.com}
#         attribute: source_arn
#         set: {only: {terraform: aws_sns_topic.arn, cloudformation: AWS::SNS::Topic}}
#       - when: {principal: s3.amazonaws.com}
#         attribute: source_arn
#         set: {only: {terraform: aws_s3_bucket.arn, cloudformation: AWS::S3::Bucket.Arn}}
#         also:
#           - attribute: source_account
#             set: {terraform: data.aws_caller_identity.current.account_id, cloudformation: {Ref: "AWS::AccountId"}}
#       - when: {principal: apigateway.amazonaws.com}
#         attribute: source_arn
#         set: {only: {terraform: aws_apigatewayv2_api.execution_arn, append: /*/*}}
#       - when: {principal: apigateway.amazonaws.com}
#         attribute: source_arn
#         set: {only: {terraform: aws_api_gateway_rest_api.execution_arn, append: /*/*}}
#       - attribute: source_account
#         set: {terraform: data.aws_caller_identity.current.account_id, cloudformation: {Ref: "AWS::AccountId"}}
#   remediation: |
#     Set the source ARN (Terraform `source_arn`, CloudFormation `SourceArn`) to the bucket, topic,
#     rule or API that triggers the function. Where the ARN does not contain the account ID, as with
#     S3, also set the source account (`source_account`, `SourceAccount`). In the policy of a queue or
#     topic, require `aws:SourceArn` or `aws:SourceAccount` in a condition.
package rules.permission_service_without_source

import data.lib.channels
import data.lib.iam
import data.lib.invoke
import data.lib.sources
import data.lib.trust

deny contains {"at": permission.source_arn.at, "key": permission.principal.value, "message": $"{permission.id} allows {permission.principal.value} to invoke the function without a source ARN or source account (confused deputy)"} if {
	some permission in input.permissions
	iam.service(permission.principal.value)
	not invoke.needs_no_source(permission.principal.value)
	permission.source_arn.absent
	permission.source_account.absent
	permission.principal_org_id.absent
}

# The principal often contains a region that is unknown until deployment.
deny contains {"at": permission.source_arn.at, "key": "another service", "message": $"{permission.id} allows a service principal to invoke the function without a source ARN or source account (confused deputy)"} if {
	some permission in input.permissions
	iam.service(permission.principal.suffix)
	not startswith(object.get(permission.principal, "prefix", ""), "elasticloadbalancing.")
	permission.source_arn.absent
	permission.source_account.absent
	permission.principal_org_id.absent
}

# A queue or topic passes on to its functions what the service sends to it.
deny contains {"at": principal.value.at, "key": principal.value.value, "severity": "medium", "message": $"{policy.id} allows {principal.value.value} to send to {channel.id}, which triggers a function, without a source ARN or source account (confused deputy)"} if {
	some policy in input.channel_policies
	some reference in policy.channels.items
	some i in reference.targets
	i in channels.feeding
	channel := input.channels[i]
	not trust.turned_away(policy.statements, channels.sending)
	some statement in policy.statements.items
	channels.sendable(statement)
	some principal in statement.principals.items
	principal.kind.value == "Service"
	states_source(sources.kind_of(channel.type), principal.value.value)
}

# Terraform can write the policy into the queue or topic.
deny contains {"at": principal.value.at, "key": principal.value.value, "severity": "medium", "message": $"{channel.id} triggers a function and allows {principal.value.value} to send to it without a source ARN or source account (confused deputy)"} if {
	some i, channel in input.channels
	i in channels.feeding
	not trust.turned_away(channel.statements, channels.sending)
	some statement in channel.statements.items
	channels.sendable(statement)
	some principal in statement.principals.items
	principal.kind.value == "Service"
	states_source(sources.kind_of(channel.type), principal.value.value)
}

# states_source reports whether a condition on the source works for a service and a kind of channel. It does not when EventBridge
# publishes to topics.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
states_source("sqs", principal) if regex.match(`^(events|s3|sns)\.amazonaws\.com(\.cn)?$`, principal)

states_source("sns", principal) if regex.match(`^(cloudwatch|s3)\.amazonaws\.com(\.cn)?$`, principal)
