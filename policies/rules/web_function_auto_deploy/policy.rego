# METADATA
# title: Web function deploys each revision to all requests at once
# description: |
#   If `AutoDeploymentMode` is absent, SAM sends all requests to the revision that a deployment
#   creates, while the API does so only on request. An error or malicious change then reaches all
#   users at once.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-webfunction.html
#     description: AWS::Serverless::WebFunction
# schemas:
#   - input: schema.stack
# custom:
#   id: web-function-auto-deploy
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [2c]
#   since: v0.1.0
#   cwe: [CWE-1188]
#   formats: [SAM]
#   remediation: |
#     Set `AutoDeploymentMode` to `Disabled` and `RevisionWeights` to the revisions that serve
#     requests, or write `LatestRevision` to confirm the default.
package rules.web_function_auto_deploy

deny contains {"at": endpoint.auto_deployment.at, "message": $"{endpoint.id} has no AutoDeploymentMode: SAM sends all requests to the newest revision"} if {
	some endpoint in input.web_endpoints
	endpoint.type == "AWS::Serverless::WebFunction"
	endpoint.auto_deployment.absent
}
