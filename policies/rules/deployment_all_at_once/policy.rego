# METADATA
# title: New version receives all traffic at once, or no alarm stops it
# description: |
#   CodeDeploy can shift the traffic of an alias to a new version in steps and roll back when an alarm
#   fires. Without steps and without alarms, faulty or malicious code reaches every caller at
#   once.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html
#     description: Deploying serverless applications gradually with AWS SAM
# schemas:
#   - input: schema.stack
# custom:
#   id: deployment-all-at-once
#   severity: info
#   category: reliability
#   profile: all
#   practices: [2c]
#   since: v0.1.0
#   cwe: [CWE-1188]
#   peers: []
#   remediation: |
#     Choose a canary or linear configuration (`deployment_config_name`, `DeploymentConfigName`, SAM
#     `Type`) and an alarm on the errors of the new version.
package rules.deployment_all_at_once

deny contains {"at": group.config.at, "message": $"{group.id} gives all traffic to a new version at once: the configuration is {group.config.value}"} if {
	some group in input.deployment_groups
	group.config.value == "CodeDeployDefault.LambdaAllAtOnce"
}

deny contains {"at": group.alarms.at, "message": $"{group.id} has no alarm that stops the deployment of a faulty version"} if {
	some group in input.deployment_groups
	startswith(group.config.value, "CodeDeployDefault.Lambda")
	group.config.value != "CodeDeployDefault.LambdaAllAtOnce"
	no_alarms(group.alarms)
}

no_alarms(alarms) if alarms.absent

no_alarms(alarms) if {
	not alarms.absent
	not alarms.unknown
	count(alarms.items) == 0
}
