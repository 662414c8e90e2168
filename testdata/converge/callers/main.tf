# Services that invoke a function, as far as Terraform and CloudFormation both have them.
resource "aws_lambda_function" "called" {
  function_name = "called"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "called.zip"
}

resource "aws_s3control_object_lambda_access_point" "redact" {
  name = "redact"

  configuration {
    supporting_access_point = "arn:aws:s3:eu-west-1:123456789012:accesspoint/orders"

    transformation_configuration {
      actions = ["GetObject"]

      content_transformation {
        aws_lambda {
          function_arn = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_config_organization_custom_rule" "tags" {
  name                = "tags"
  lambda_function_arn = aws_lambda_function.called.arn
  trigger_types       = ["ConfigurationItemChangeNotification"]
}

resource "aws_iot_topic_rule" "alarms" {
  name        = "alarms"
  enabled     = true
  sql         = "SELECT * FROM 'alarms'"
  sql_version = "2016-03-23"

  sqs {
    queue_url  = "https://sqs.eu-west-1.amazonaws.com/123456789012/alarms"
    role_arn   = "arn:aws:iam::123456789012:role/iot"
    use_base64 = false
  }

  error_action {
    lambda {
      function_arn = aws_lambda_function.called.arn
    }
  }
}

resource "aws_iot_authorizer" "devices" {
  name                    = "devices"
  authorizer_function_arn = aws_lambda_function.called.arn
  signing_disabled        = true
}

resource "aws_iot_provisioning_template" "fleet" {
  name                  = "fleet"
  enabled               = true
  provisioning_role_arn = "arn:aws:iam::123456789012:role/fleet"
  template_body         = "{}"

  pre_provisioning_hook {
    target_arn = aws_lambda_function.called.arn
  }
}

resource "aws_connect_lambda_function_association" "calls" {
  instance_id  = "11111111-2222-3333-4444-555555555555"
  function_arn = aws_lambda_function.called.arn
}

resource "aws_kinesis_firehose_delivery_stream" "extended_s3" {
  name        = "extended_s3"
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
    role_arn           = "arn:aws:iam::123456789012:role/firehose"
  }

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::123456789012:role/firehose"
    bucket_arn = "arn:aws:s3:::archive"

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "redshift" {
  name        = "redshift"
  destination = "redshift"

  msk_source_configuration {
    msk_cluster_arn = "arn:aws:kafka:eu-west-1:123456789012:cluster/clicks/1"
    topic_name      = "clicks"

    authentication_configuration {
      connectivity = "PRIVATE"
      role_arn     = "arn:aws:iam::123456789012:role/firehose"
    }
  }

  redshift_configuration {
    role_arn        = "arn:aws:iam::123456789012:role/firehose"
    cluster_jdbcurl = "jdbc:redshift://shop.eu-west-1.redshift.amazonaws.com:5439/shop"
    data_table_name = "clicks"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "elasticsearch" {
  name        = "elasticsearch"
  destination = "elasticsearch"

  elasticsearch_configuration {
    role_arn   = "arn:aws:iam::123456789012:role/firehose"
    domain_arn = "arn:aws:es:eu-west-1:123456789012:domain/old"
    index_name = "clicks"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "opensearch" {
  name        = "opensearch"
  destination = "opensearch"

  opensearch_configuration {
    role_arn   = "arn:aws:iam::123456789012:role/firehose"
    domain_arn = "arn:aws:es:eu-west-1:123456789012:domain/clicks"
    index_name = "clicks"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "opensearchserverless" {
  name        = "opensearchserverless"
  destination = "opensearchserverless"

  opensearchserverless_configuration {
    role_arn            = "arn:aws:iam::123456789012:role/firehose"
    collection_endpoint = "https://clicks.eu-west-1.aoss.amazonaws.com"
    index_name          = "clicks"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "http_endpoint" {
  name        = "http_endpoint"
  destination = "http_endpoint"

  http_endpoint_configuration {
    url      = "https://logs.example.com"
    role_arn = "arn:aws:iam::123456789012:role/firehose"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "splunk" {
  name        = "splunk"
  destination = "splunk"

  splunk_configuration {
    hec_endpoint = "https://splunk.example.com"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "snowflake" {
  name        = "snowflake"
  destination = "snowflake"

  snowflake_configuration {
    account_url = "https://shop.snowflakecomputing.com"
    role_arn    = "arn:aws:iam::123456789012:role/firehose"
    database    = "shop"
    schema      = "public"
    table       = "clicks"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "iceberg" {
  name        = "iceberg"
  destination = "iceberg"

  iceberg_configuration {
    catalog_arn = "arn:aws:glue:eu-west-1:123456789012:catalog"
    role_arn    = "arn:aws:iam::123456789012:role/firehose"

    s3_configuration {
      role_arn   = "arn:aws:iam::123456789012:role/firehose"
      bucket_arn = "arn:aws:s3:::archive"
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "AWS_LAMBDA"

  lambda_authorizer_config {
    authorizer_uri = aws_lambda_function.called.arn
  }

  additional_authentication_provider {
    authentication_type = "AWS_IAM"
  }

  additional_authentication_provider {
    authentication_type = "AWS_LAMBDA"

    lambda_authorizer_config {
      authorizer_uri = aws_lambda_function.called.arn
    }
  }
}

resource "aws_appsync_api" "chat" {
  name = "chat"

  event_config {
    auth_provider {
      auth_type = "AWS_LAMBDA"

      lambda_authorizer_config {
        authorizer_uri = aws_lambda_function.called.arn
      }
    }

    connection_auth_mode {
      auth_type = "AWS_LAMBDA"
    }

    default_publish_auth_mode {
      auth_type = "AWS_LAMBDA"
    }

    default_subscribe_auth_mode {
      auth_type = "AWS_LAMBDA"
    }
  }
}

resource "aws_appsync_function" "merge" {
  api_id      = "a1"
  name        = "merge"
  data_source = "orders"

  sync_config {
    conflict_detection = "VERSION"
    conflict_handler   = "LAMBDA"

    lambda_conflict_handler_config {
      lambda_conflict_handler_arn = aws_lambda_function.called.arn
    }
  }
}

resource "aws_appsync_resolver" "order" {
  api_id      = "a1"
  type        = "Query"
  field       = "order"
  data_source = "orders"

  sync_config {
    conflict_detection = "VERSION"
    conflict_handler   = "LAMBDA"

    lambda_conflict_handler_config {
      lambda_conflict_handler_arn = aws_lambda_function.called.arn
    }
  }
}

resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = "arn:aws:iam::123456789012:role/release"

  artifact_store {
    type     = "S3"
    location = "artifacts"
  }

  stage {
    name = "Source"

    action {
      name     = "Pull"
      category = "Source"
      owner    = "AWS"
      provider = "S3"
      version  = "1"

      configuration = {
        S3Bucket    = "artifacts"
        S3ObjectKey = "app.zip"
      }
      output_artifacts = ["app"]
    }
  }

  stage {
    name = "Test"

    action {
      name     = "Smoke"
      category = "Invoke"
      owner    = "AWS"
      provider = "Lambda"
      version  = "1"

      configuration = {
        FunctionName = "called"
      }
    }

    action {
      name     = "Load"
      category = "Invoke"
      owner    = "AWS"
      provider = "Lambda"
      version  = "1"

      configuration = {
        FunctionName = "called"
      }
    }
  }
}

resource "aws_codecommit_trigger" "push" {
  repository_name = "app"

  trigger {
    name            = "push"
    events          = ["all"]
    destination_arn = aws_lambda_function.called.arn
  }
}

resource "aws_transfer_server" "files" {
  protocols              = ["SFTP"]
  identity_provider_type = "AWS_LAMBDA"
  function               = aws_lambda_function.called.arn
}

resource "aws_transfer_workflow" "inbox" {
  steps {
    type = "CUSTOM"

    custom_step_details {
      name            = "scan"
      target          = aws_lambda_function.called.arn
      timeout_seconds = 60
    }
  }

  on_exception_steps {
    type = "CUSTOM"

    custom_step_details {
      name            = "scan"
      target          = aws_lambda_function.called.arn
      timeout_seconds = 60
    }
  }
}

resource "aws_bedrockagent_data_source" "wiki" {
  name              = "wiki"
  knowledge_base_id = "KB12345678"

  data_source_configuration {
    type = "S3"

    s3_configuration {
      bucket_arn = "arn:aws:s3:::archive"
    }
  }

  vector_ingestion_configuration {
    custom_transformation_configuration {
      intermediate_storage {
        s3_location {
          uri = "s3://archive/chunks"
        }
      }

      transformation {
        step_to_apply = "POST_CHUNKING"

        transformation_function {
          transformation_lambda_configuration {
            lambda_arn = aws_lambda_function.called.arn
          }
        }
      }
    }
  }
}

resource "aws_bedrockagentcore_gateway" "tools" {
  name            = "tools"
  role_arn        = "arn:aws:iam::123456789012:role/tools"
  authorizer_type = "AWS_IAM"
  protocol_type   = "MCP"

  interceptor_configuration {
    interception_points = ["REQUEST"]

    interceptor {
      lambda {
        arn = aws_lambda_function.called.arn
      }
    }
  }
}

resource "aws_bedrockagentcore_gateway_target" "orders" {
  name               = "orders"
  gateway_identifier = "tools-0a1b2c3d4e"

  credential_provider_configuration {
    gateway_iam_role {}
  }

  target_configuration {
    mcp {
      lambda {
        lambda_arn = aws_lambda_function.called.arn

        tool_schema {
          inline_payload {
            name        = "find"
            description = "Find an order"

            input_schema {
              type = "object"
            }
          }
        }
      }
    }
  }
}

resource "aws_kendra_data_source" "pages" {
  index_id = "11111111-2222-3333-4444-555555555555"
  name     = "pages"
  type     = "S3"
  role_arn = "arn:aws:iam::123456789012:role/kendra"

  configuration {
    s3_configuration {
      bucket_name = "archive"
    }
  }

  custom_document_enrichment_configuration {
    role_arn = "arn:aws:iam::123456789012:role/kendra"

    pre_extraction_hook_configuration {
      lambda_arn = aws_lambda_function.called.arn
      s3_bucket  = "archive"
    }

    post_extraction_hook_configuration {
      lambda_arn = aws_lambda_function.called.arn
      s3_bucket  = "archive"
    }
  }
}

resource "aws_athena_data_catalog" "ledger" {
  name        = "ledger"
  description = "the ledger"
  type        = "LAMBDA"

  parameters = {
    metadata-function = aws_lambda_function.called.arn
    record-function   = aws_lambda_function.called.arn
  }
}

resource "aws_ssm_maintenance_window_task" "sweep" {
  window_id       = "mw-0a1b2c3d4e5f60718"
  task_type       = "LAMBDA"
  task_arn        = aws_lambda_function.called.arn
  max_concurrency = "1"
  max_errors      = "1"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:1"

  deployment_configuration {
    strategy = "BLUE_GREEN"

    lifecycle_hook {
      hook_target_arn  = aws_lambda_function.called.arn
      role_arn         = "arn:aws:iam::123456789012:role/ecs"
      lifecycle_stages = ["POST_SCALE_UP"]
    }
  }
}

resource "aws_autoscaling_group" "web" {
  name                 = "web"
  min_size             = 1
  max_size             = 2
  launch_configuration = "web"
  termination_policies = [aws_lambda_function.called.arn]
}

resource "aws_ec2_client_vpn_endpoint" "staff" {
  client_cidr_block      = "10.0.0.0/22"
  server_certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1"

  authentication_options {
    type                = "directory-service-authentication"
    active_directory_id = "d-1"
  }

  connection_log_options {
    enabled = false
  }

  client_connect_options {
    enabled             = true
    lambda_function_arn = aws_lambda_function.called.arn
  }
}

resource "aws_appconfig_extension" "notify" {
  name = "notify"

  action_point {
    point = "ON_DEPLOYMENT_COMPLETE"

    action {
      name     = "tell"
      role_arn = "arn:aws:iam::123456789012:role/appconfig"
      uri      = aws_lambda_function.called.arn
    }
  }

  action_point {
    point = "ON_DEPLOYMENT_ROLLED_BACK"

    action {
      name     = "tell"
      role_arn = "arn:aws:iam::123456789012:role/appconfig"
      uri      = aws_lambda_function.called.arn
    }
  }
}

resource "aws_appconfig_configuration_profile" "flags" {
  application_id = "a1b2c3d"
  name           = "flags"
  location_uri   = "hosted"

  validator {
    type    = "LAMBDA"
    content = aws_lambda_function.called.arn
  }
}

resource "aws_arcregionswitch_plan" "move" {
  name              = "move"
  execution_role    = "arn:aws:iam::123456789012:role/move"
  recovery_approach = "activePassive"
  regions           = ["eu-west-1", "eu-west-2"]
  primary_region    = "eu-west-1"

  workflow {
    workflow_target_action = "activate"
    workflow_target_region = "eu-west-2"

    step {
      name                 = "move"
      execution_block_type = "CustomActionLambda"

      custom_action_lambda_config {
        region_to_run          = "activatingRegion"
        retry_interval_minutes = 5

        lambda {
          arn = aws_lambda_function.called.arn
        }
      }
    }

    step {
      name                 = "both"
      execution_block_type = "Parallel"

      parallel_config {
        step {
          name                 = "move"
          execution_block_type = "CustomActionLambda"

          custom_action_lambda_config {
            region_to_run          = "activatingRegion"
            retry_interval_minutes = 5

            lambda {
              arn = aws_lambda_function.called.arn
            }
          }
        }
      }
    }
  }
}

resource "aws_ivschat_room" "stage" {
  name = "stage"

  message_review_handler {
    fallback_result = "DENY"
    uri             = aws_lambda_function.called.arn
  }
}

resource "aws_api_gateway_domain_name" "inside" {
  domain_name     = "shop.inside.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  security_policy = "TLS_1_2"

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_base_path_mapping" "inside_mapping" {
  api_id         = "a1b2c3d4e5"
  stage_name     = "live"
  domain_name    = aws_api_gateway_domain_name.inside.domain_name
  domain_name_id = aws_api_gateway_domain_name.inside.domain_name_id
}

resource "aws_apigatewayv2_routing_rule" "inside_rule" {
  domain_name    = aws_api_gateway_domain_name.inside.domain_name
  domain_name_id = aws_api_gateway_domain_name.inside.domain_name_id
  priority       = 1

  condition {
    match_base_paths {
      any_of = ["orders"]
    }
  }

  action {
    invoke_api {
      api_id          = "a1b2c3d4e5"
      stage           = "live"
      strip_base_path = true
    }
  }
}
