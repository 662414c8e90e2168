# METADATA
# title: Permission for a service has no source ARN or source account
# description: |
#   Without a source ARN or source account, the service can invoke the function on behalf of any of
#   its customers: a bucket, topic, rule or API in another AWS account can trigger it. This is the
#   confused deputy problem: the service has the permission, and a third party decides when it is
#   used.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
#     description: Granting Lambda function access to AWS services
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
#     description: The confused deputy problem
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
#     S3, also set the source account (`source_account`, `SourceAccount`).
package rules.permission_service_without_source

import data.lib.iam
import data.lib.invoke

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
