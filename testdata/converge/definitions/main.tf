# Functions that definitions of other services, conditions of pipelines, lifecycle hooks and other functions name.

resource "aws_lambda_function" "hook" {
  function_name = "hook"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "hook.zip"
}

resource "aws_lambda_function" "document" {
  function_name = "document"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "document.zip"
}

resource "aws_lambda_function" "flow" {
  function_name = "flow"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "flow.zip"
}

resource "aws_lambda_function" "module" {
  function_name = "module"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "module.zip"
}

resource "aws_lambda_function" "pipeline" {
  function_name = "pipeline"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "pipeline.zip"
}

resource "aws_lambda_function" "ingestion" {
  function_name = "ingestion"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "ingestion.zip"
}

resource "aws_lambda_function" "scaling" {
  function_name = "scaling"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "scaling.zip"
}

resource "aws_lambda_function" "group" {
  function_name = "group"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "group.zip"
}

resource "aws_lambda_function" "rule" {
  function_name = "rule"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "rule.zip"
}

resource "aws_lambda_function" "dest" {
  function_name = "dest"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "dest.zip"
}

resource "aws_lambda_function" "failed" {
  function_name = "failed"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "failed.zip"
}

resource "aws_lambda_function_event_invoke_config" "results" {
  function_name                = "hook"
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 600

  destination_config {
    on_success {
      destination = aws_lambda_function.dest.arn
    }

    on_failure {
      destination = aws_lambda_function.failed.arn
    }
  }
}

resource "aws_ssm_document" "restart" {
  name          = "restart"
  document_type = "Automation"
  content = jsonencode({
    schemaVersion = "0.3"
    mainSteps     = [{ name = "restart", action = "aws:invokeLambdaFunction", inputs = { FunctionName = aws_lambda_function.document.arn } }]
  })
}

resource "aws_connect_contact_flow" "welcome" {
  instance_id = "a1b2c3d4"
  name        = "welcome"
  type        = "CONTACT_FLOW"
  content     = "{\"Actions\": [{\"Type\": \"InvokeLambdaFunction\", \"Parameters\": {\"LambdaFunctionARN\": \"${aws_lambda_function.flow.arn}\"}}]}"
}

resource "aws_connect_contact_flow_module" "lookup" {
  instance_id = "a1b2c3d4"
  name        = "lookup"
  content     = "{\"Actions\": [{\"Type\": \"InvokeLambdaFunction\", \"Parameters\": {\"LambdaFunctionARN\": \"${aws_lambda_function.module.arn}\"}}]}"
}

resource "aws_sagemaker_pipeline" "train" {
  pipeline_name         = "train"
  pipeline_display_name = "train"
  role_arn              = "arn:aws:iam::123456789012:role/train"
  pipeline_definition   = "{\"Steps\": [{\"Type\": \"Lambda\", \"FunctionArn\": \"${aws_lambda_function.pipeline.arn}\"}]}"
}

resource "aws_osis_pipeline" "ingest" {
  pipeline_name               = "ingest"
  min_units                   = 1
  max_units                   = 2
  pipeline_configuration_body = "version: '2'\nlogs:\n  processor:\n    - aws_lambda: {function_name: ${aws_lambda_function.ingestion.arn}}\n"
}

resource "aws_autoscaling_lifecycle_hook" "launch" {
  name                    = "launch"
  autoscaling_group_name  = "workers"
  lifecycle_transition    = "autoscaling:EC2_INSTANCE_LAUNCHING"
  notification_target_arn = aws_lambda_function.scaling.arn
}

resource "aws_autoscaling_group" "others" {
  name     = "others"
  min_size = 1
  max_size = 2

  initial_lifecycle_hook {
    name                    = "terminate"
    lifecycle_transition    = "autoscaling:EC2_INSTANCE_TERMINATING"
    notification_target_arn = aws_lambda_function.group.arn
  }
}

resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = "arn:aws:iam::123456789012:role/release"

  artifact_store {
    location = "artifacts"
    type     = "S3"
  }

  stage {
    name = "Deploy"

    before_entry {
      condition {
        result = "FAIL"

        rule {
          name = "allowed"

          rule_type_id {
            category = "Rule"
            owner    = "AWS"
            provider = "LambdaInvoke"
            version  = "1"
          }

          configuration = {
            FunctionName = "rule"
          }
        }
      }
    }

    on_success {
      condition {
        result = "ROLLBACK"

        rule {
          name          = "healthy"
          configuration = { FunctionName = "rule" }

          rule_type_id {
            category = "Rule"
            owner    = "AWS"
            provider = "LambdaInvoke"
            version  = "1"
          }
        }
      }
    }

    on_failure {
      condition {
        result = "RETRY"

        rule {
          name          = "again"
          configuration = { FunctionName = "rule" }

          rule_type_id {
            category = "Rule"
            owner    = "AWS"
            provider = "LambdaInvoke"
            version  = "1"
          }
        }
      }
    }
  }
}
