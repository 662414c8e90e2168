# METADATA
# description: What execution roles allow and the code of their functions does not use.
package lib.unused

import data.lib.iam
import data.lib.sources

# functions are the functions with a role, by the id of the role: the conditions that decide about a policy and about the function
# that needs it can differ.
functions[role.id] contains f if {
	some role in input.roles
	some f in role.functions.targets
}

# users are the functions of a role, by its index, if the services that their code uses are known completely and nothing else
# uses the role.
users[r] := {input.functions[f].id | some f in role.functions.targets} if {
	some r, role in input.roles
	count(role.functions.targets) > 0
	count(role.web_revisions.targets) == 0
	count(role.microvm_images.targets) == 0
	count(role.microvms.targets) == 0
	only_lambda(role.trust)
	every f in functions[role.id] {
		input.functions[f].layers.absent
		some i in input.functions[f].source.targets
		not input.sources[i].services.unknown
		every service in input.sources[i].services.items {
			service.value
		}
		input.sources[i].file.value
	}
}

only_lambda(trust) if {
	not trust.unknown
	every statement in trust.items {
		not statement.principals.unknown
		every principal in statement.principals.items {
			principal.kind.value == "Service"
			principal.value.value == "lambda.amazonaws.com"
		}
	}
}

# called are the services that the code of the functions of a role uses.
called[r] := {service.value |
	some f in functions[input.roles[r].id]
	some i in input.functions[f].source.targets
	some service in input.sources[i].services.items
} if {
	some r, _ in users
}

# services are the services that a role allows and the code does not use, by the index of the role.
services[r] contains service if {
	some r, _ in users
	some statement in input.roles[r].statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	service := iam.service_of(action.value)
	service in judged
	not service in called[r]
	not is_attached(r, service)
	not acts(called[r], service)
	not transfers(r, service)
}

# transfers reports whether functions with a role mount file systems of S3, or have DynamoDB import or export objects, with the
# permissions of the role.
transfers(r, "s3") if {
	some f in functions[input.roles[r].id]
	not input.functions[f].file_systems.absent
}

transfers(r, "s3") if {
	some f in functions[input.roles[r].id]
	some i in input.functions[f].source.targets
	some call in input.sources[i].calls.items
	object.get(call.operation, "value", "ImportTable") in {"ExportTableToPointInTime", "ImportTable"}
}

# judged are the services that code uses only through a client of an SDK. Those of the network, of logs and keys, and those that
# other protocols reach, are not among them.
judged := {
	"athena", "batch", "bedrock", "codebuild", "codepipeline", "cognito-idp", "comprehend", "dynamodb", "ecs", "events", "firehose",
	"glue", "kinesis", "lambda", "polly", "rekognition", "s3", "scheduler", "secretsmanager", "ses", "sns", "sqs", "ssm", "states", "textract",
	"timestream", "transcribe", "translate",
}

# attached are the services of the sources, destinations and dead-letter queues of the functions with a role. The sources are
# those of all functions of the stack.
attached[r] contains kind if {
	some r, _ in users
	some m, _ in input.event_sources
	some kind in sources.kinds[m]
}

attached[r] contains kind if {
	some r, _ in users
	some m, _ in input.event_sources
	not sources.kinds[m]
	some kind in ["dynamodb", "kinesis", "sqs"]
}

attached[r] contains kind if {
	some r, _ in users
	count(input.event_sources) > 0
	some kind in ["glue", "secretsmanager"]
}

attached[r] contains kind if {
	some r, _ in users
	some mapping in input.event_sources
	not mapping.on_failure.absent
	some kind in ["kafka", "s3", "sns", "sqs"]
}

attached[r] contains kind if {
	some r, _ in users
	some f in functions[input.roles[r].id]
	not input.functions[f].dead_letter.absent
	some kind in ["sns", "sqs"]
}

attached[r] contains kind if {
	some r, _ in users
	count(input.async_configs) > 0
	some kind in ["events", "lambda", "s3", "sns", "sqs"]
}

# is_attached reports whether a service is among those.
is_attached(r, service) if service in attached[r]

# acts reports whether a service that the code uses acts on another with the permissions of the caller.
acts(called, service) if {
	some by in called
	service in on_behalf[by]
}

acts(called, _) if count({"cloudformation", "servicecatalog", "sts"} & called) > 0

on_behalf := {
	"athena": {"glue", "s3", "kms", "lambda"},
	"batch": {"ecs"},
	"bedrock": {"s3", "lambda", "secretsmanager"},
	"codebuild": {"s3"},
	"codepipeline": {"s3", "codebuild"},
	"comprehend": {"s3"},
	"ecs": {"s3", "secretsmanager", "ssm"},
	"emr-serverless": {"s3", "glue"},
	"elasticmapreduce": {"s3"},
	"firehose": {"s3"},
	"glue": {"s3"},
	"lambda": {"s3"},
	"logs": {"s3", "firehose", "kinesis", "lambda"},
	"mediaconvert": {"s3"},
	"personalize": {"s3"},
	"polly": {"s3", "sns"},
	"rds": {"s3"},
	"rds-data": {"secretsmanager"},
	"redshift-data": {"secretsmanager", "events", "s3"},
	"rekognition": {"s3", "kinesis", "sns"},
	"sagemaker": {"s3"},
	"secretsmanager": {"lambda"},
	"ssm": {"secretsmanager", "s3", "sns"},
	"textract": {"s3", "sns"},
	"transcribe": {"s3"},
	"translate": {"comprehend", "s3"},
}
