# METADATA
# title: Permission for a service does not say for whom
# description: |
#   Without a source ARN or account the service may invoke the function for any of its customers,
#   so a bucket, topic or rule in a foreign account can trigger it. The service is the confused
#   deputy: it has the permission, a stranger gives the order.
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
#   since: v0.1.0
#   cwe: [CWE-441]
#   peers:
#     - CKV_AWS_364
#     - AWS-0067
#     - Semgrep aws-lambda-permission-unrestricted-source-arn
#     - Regula FG_R00499
#     - Steampipe-TF lambda_permission_restricted_service_permission
#     - Guard LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED
#     - Security Hub Lambda.1
#   fix:
#     title: Name who may invoke the function
#     unsafe: whatever else invokes the function through this permission can do so no more
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
#     Set the source ARN to the bucket, topic, rule or API that triggers the function. Where the
#     ARN does not name the account, as for S3, set the source account as well.
package rules.permission_service_without_source

import data.lib.iam

deny contains {"at": permission.source_arn.at, "message": $"{permission.id} lets {permission.principal.value} invoke the function for any account"} if {
	some permission in input.permissions
	iam.service(permission.principal.value)
	not takes_no_source(permission.principal.value)
	permission.source_arn.absent
	permission.source_account.absent
	permission.principal_org_id.absent
}

# A regional principal is often put together from a region that is not known yet.
deny contains {"at": permission.source_arn.at, "message": $"{permission.id} lets a service invoke the function for any account"} if {
	some permission in input.permissions
	iam.service(permission.principal.suffix)
	permission.source_arn.absent
	permission.source_account.absent
	permission.principal_org_id.absent
}

# Lambda@Edge copies and runs functions on its own behalf.
takes_no_source(principal) if principal in {"edgelambda.amazonaws.com", "replicator.lambda.amazonaws.com"}
