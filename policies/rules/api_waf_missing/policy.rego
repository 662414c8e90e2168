# METADATA
# title: Public REST API stage has no web ACL
# description: |
#   A web ACL of AWS WAF limits the rate of requests of each address and rejects known attacks
#   before they reach the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
#     description: Use AWS WAF to protect your REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-waf-missing
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [8e]
#   since: v0.1.0
#   cwe: [CWE-693]
#   peers:
#     - CKV2_AWS_29
#     - CKV2_AWS_77
#     - KICS a186e82c
#     - KICS fcbf9019
#     - cdk-nag APIGWAssociatedWithWAF
#     - Security Hub APIGateway.4
#     - Prowler apigateway_restapi_waf_acl_attached
#     - CloudSploit apigatewayWafEnabled
#   remediation: |
#     Associate a web ACL with the stage (`aws_wafv2_web_acl_association`,
#     `AWS::WAFv2::WebACLAssociation`). If CloudFront with a web ACL is in front of the API,
#     suppress the finding.
package rules.api_waf_missing

import data.lib.api
import data.lib.http

deny contains {"at": stage.at, "message": $"{stage.id} is reachable from the internet and has no web ACL of AWS WAF"} if {
	some s in api.rest_stages
	stage := input.stages[s]
	some i in stage.api.targets
	not api.may_be_private(input.apis[i])
	not s in with_acl
	not i in apis_with_acl
	not http.unclear_acl
}

with_acl contains s if {
	some association in input.web_acl_associations
	some s in association.stage.targets
}

apis_with_acl contains i if {
	some association in input.web_acl_associations
	some i in association.api.targets
}
