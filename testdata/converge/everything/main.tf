# Every attribute of the model that Terraform and CloudFormation both have, as far as the case
# "basic" does not have it. The same stack as template.yaml and template.json.
resource "aws_lambda_function" "zip" {
  function_name           = "zip"
  role                    = "arn:aws:iam::123456789012:role/zip"
  runtime                 = "java21"
  handler                 = "app.Handler"
  description             = "packs orders"
  s3_bucket               = "artifacts"
  s3_key                  = "zip.zip"
  s3_object_version       = "v1"
  source_kms_key_arn      = "arn:aws:kms:eu-west-1:123456789012:key/k"
  code_signing_config_arn = "arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-1"

  file_system_config {
    arn              = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1"
    local_mount_path = "/mnt/data"
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = "WARN"
    system_log_level      = "INFO"
  }

  snap_start {
    apply_on = "PublishedVersions"
  }

  durable_config {
    execution_timeout = 3600
    retention_period  = 30
  }

  tenancy_config {
    tenant_isolation_mode = "PER_TENANT"
  }

  skip_destroy = true

  vpc_config {
    subnet_ids                  = ["subnet-1", aws_subnet.a.id]
    security_group_ids          = ["sg-1"]
    ipv6_allowed_for_dual_stack = true
  }
}

resource "aws_lambda_runtime_management_config" "zip" {
  function_name       = "zip"
  update_runtime_on   = "Manual"
  runtime_version_arn = "arn:aws:lambda:eu-west-1::runtime:abc"
}

resource "aws_lambda_function_recursion_config" "zip" {
  function_name  = "zip"
  recursive_loop = "Allow"
}

resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::123456789012:role/image"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1"

  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:pool"
    }
  }

  image_config {
    command           = ["run"]
    entry_point       = ["/bin/entry"]
    working_directory = "/app"
  }
}

resource "aws_lambda_code_signing_config" "signed" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-west-1:123456789012:/signing-profiles/p/v"]
  }
  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_lambda_function_url" "zip" {
  function_name      = "zip"
  qualifier          = "live"
  authorization_type = "AWS_IAM"
  cors {
    expose_headers = ["x-id"]
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "zip"
  function_version = "1"

  routing_config {
    additional_version_weights = { "2" = 0.1 }
  }
}

resource "aws_lambda_capacity_provider" "pool" {
  name        = "pool"
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/k"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }

  capacity_provider_scaling_config {
    max_vcpu_count = 64
  }
}

resource "aws_codedeploy_deployment_group" "zip" {
  app_name               = "zip"
  deployment_group_name  = "zip"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.LambdaCanary10Percent5Minutes"

  alarm_configuration {
    enabled = true
    alarms  = ["errors"]
  }
}

resource "aws_lambda_layer_version" "shared" {
  layer_name               = "shared"
  compatible_runtimes      = ["python3.13"]
  compatible_architectures = ["arm64"]
  s3_bucket                = "artifacts"
  s3_key                   = "layer.zip"
  s3_object_version        = "v2"
}

resource "aws_lambda_layer_version_permission" "shared" {
  layer_name      = "arn:aws:lambda:eu-west-1:123456789012:layer:shared:1"
  action          = "lambda:GetLayerVersion"
  principal       = "*"
  organization_id = "o-1"
}

resource "aws_lambda_permission" "all" {
  function_name            = "zip"
  action                   = "lambda:InvokeFunctionUrl"
  principal                = "*"
  principal_org_id         = "o-1"
  event_source_token       = "token"
  function_url_auth_type   = "AWS_IAM"
  invoked_via_function_url = true
}

resource "aws_lambda_event_source_mapping" "stream" {
  function_name                  = "zip"
  event_source_arn               = "arn:aws:kinesis:eu-west-1:123456789012:stream/s"
  enabled                        = false
  starting_position              = "LATEST"
  maximum_retry_attempts         = 3
  maximum_record_age_in_seconds  = 600
  bisect_batch_on_function_error = true
  parallelization_factor         = 2
  tumbling_window_in_seconds     = 60
  kms_key_arn                    = "arn:aws:kms:eu-west-1:123456789012:key/k"
  metrics_config {
    metrics = ["EventCount"]
  }
  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:123456789012:failed"
    }
  }
}

resource "aws_lambda_event_source_mapping" "kafka" {
  function_name = "zip"
  topics        = ["orders"]
  queues        = ["jobs"]
  provisioned_poller_config {
    maximum_pollers   = 5
    minimum_pollers   = 2
    poller_group_name = "orders"
  }
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  self_managed_kafka_event_source_config {
    consumer_group_id = "orders"
    consumption_mode  = "Queue"
    schema_registry_config {
      schema_registry_uri = "https://schemas.example.com"
      event_record_format = "JSON"
      access_config {
        type = "BASIC_AUTH"
        uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:schemas"
      }
      schema_validation_config {
        attribute = "VALUE"
      }
    }
  }
  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "managed" {
  function_name    = "zip"
  event_source_arn = "arn:aws:kafka:eu-west-1:123456789012:cluster/events/a1b2"
  topics           = ["orders"]
  amazon_managed_kafka_event_source_config {
    consumer_group_id = "orders"
    consumption_mode  = "Stream"
    schema_registry_config {
      schema_registry_uri = "arn:aws:glue:eu-west-1:123456789012:registry/orders"
      event_record_format = "JSON"
      access_config {
        type = "BASIC_AUTH"
        uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:schemas"
      }
      schema_validation_config {
        attribute = "KEY"
      }
    }
  }
}

resource "aws_lambda_event_source_mapping" "documents" {
  function_name    = "zip"
  event_source_arn = "arn:aws:rds:eu-west-1:123456789012:cluster:documents"
  document_db_event_source_config {
    database_name   = "shop"
    collection_name = "orders"
    full_document   = "UpdateLookup"
  }
}

resource "aws_lambda_function_event_invoke_config" "zip" {
  function_name = "zip"
  destination_config {
    on_success {
      destination = "arn:aws:sqs:eu-west-1:123456789012:done"
    }
  }
}

resource "aws_iam_role" "all" {
  name = "all"
  assume_role_policy = jsonencode({
    Statement = [{ Sid = "All", Effect = "Deny", NotPrincipal = { AWS = "123456789012" }, NotAction = "sts:AssumeRole", NotResource = "a", Resource = "b" }]
  })
}

resource "aws_iam_role_policy" "all" {
  name = "all"
  role = "all"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, NotPrincipal = { Service = "s3.amazonaws.com" }, NotAction = ["iam:*"], NotResource = ["arn:aws:s3:::x"], Condition = { StringEquals = { "aws:SourceAccount" = ["123456789012"] } } }]
  })
}

resource "aws_cloudwatch_log_group" "rare" {
  name            = "/aws/lambda/zip"
  log_group_class = "INFREQUENT_ACCESS"

  deletion_protection_enabled = true
}

resource "aws_sns_topic_subscription" "zip" {
  topic_arn      = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol       = "lambda"
  endpoint       = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  redrive_policy = "arn:aws:sqs:eu-west-1:123456789012:failed"
  filter_policy  = "{}"
}

resource "aws_apigatewayv2_route" "orders" {
  api_id             = "api"
  route_key          = "GET /orders"
  authorization_type = "JWT"
  authorizer_id      = "auth"
  api_key_required   = true
  request_models     = { "application/json" = "Order" }
}

resource "aws_api_gateway_rest_api" "shop" {
  name                         = "shop"
  disable_execute_api_endpoint = true
  minimum_compression_size     = 1024

  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "*" }] })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
  target        = "arn:aws:lambda:eu-west-1:123456789012:function:zip"

  cors_configuration {
    allow_origins     = ["https://shop.example.com"]
    allow_credentials = true
  }
}

resource "aws_apigatewayv2_integration" "web" {
  api_id           = "web"
  integration_type = "AWS_PROXY"
  integration_uri  = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  credentials_arn  = "arn:aws:iam::123456789012:role/api"

  timeout_milliseconds = 20000
  request_parameters   = { "overwrite:header.tenant" = "$context.authorizer.tenant" }
  connection_type  = "VPC_LINK"

  tls_config {
    server_name_to_verify = "shop.example.com"
  }
}

resource "aws_apigatewayv2_authorizer" "web" {
  name             = "people"
  api_id           = "web"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = ["web"]
    issuer   = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a"
  }
}

resource "aws_api_gateway_authorizer" "pool" {
  name            = "pool"
  rest_api_id     = "shop"
  type            = "COGNITO_USER_POOLS"
  identity_source = "method.request.header.Authorization"
  provider_arns   = ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a"]
}

resource "aws_api_gateway_domain_name" "shop" {
  domain_name     = "shop.example.com"
  security_policy = "TLS_1_2"

  endpoint_configuration {
    types = ["EDGE"]
  }

  mutual_tls_authentication {
    truststore_uri     = "s3://shop/clients.pem"
    truststore_version = "v1"
  }
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

resource "aws_iam_role" "bounded" {
  name                 = "bounded"
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  assume_role_policy   = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_user" "ci" {
  name                 = "ci"
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
}

resource "aws_iam_user_policy" "ci" {
  name   = "deploy"
  user   = "ci"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

resource "aws_codebuild_project" "build" {
  name = "build"
  environment {
    privileged_mode = true
    environment_variable {
      name  = "STAGE"
      value = "prod"
      type  = "PLAINTEXT"
    }
  }
  source {
    type      = "NO_SOURCE"
    buildspec = "buildspec.yml"
  }
}

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
  kms_master_key_id          = "alias/queues"
  sqs_managed_sse_enabled    = false
}

resource "aws_sqs_queue_redrive_policy" "jobs" {
  queue_url      = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:123456789012:failed", maxReceiveCount = 5 })
}

resource "aws_sqs_queue_redrive_allow_policy" "jobs" {
  queue_url            = "jobs"
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_sns_topic" "news" {
  name       = "news.fifo"
  fifo_topic = true
}

resource "aws_kinesis_stream" "clicks" {
  name            = "clicks"
  encryption_type = "KMS"
}

resource "aws_kinesis_resource_policy" "clicks" {
  resource_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  policy       = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "kinesis:GetRecords", Resource = "*" }] })
}

resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name      = "errors"
  actions_enabled = false
  alarm_actions   = ["arn:aws:sns:eu-west-1:123456789012:people", "arn:aws:lambda:eu-west-1:123456789012:function:zip"]
  ok_actions      = ["arn:aws:lambda:eu-west-1:123456789012:function:image"]

  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = "zip" }

  metric_query {
    id = "m"
    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Throttles"
      dimensions  = { FunctionName = "zip" }
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "errors" {
  alarm_name                = "all"
  alarm_rule                = "ALARM(errors)"
  actions_enabled           = true
  alarm_actions             = ["arn:aws:lambda:eu-west-1:123456789012:function:zip"]
  insufficient_data_actions = ["arn:aws:lambda:eu-west-1:123456789012:function:zip"]
}

resource "aws_ses_receipt_rule" "mail" {
  name          = "mail"
  rule_set_name = "mails"
  enabled       = true
  lambda_action {
    function_arn    = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
    invocation_type = "RequestResponse"
    position        = 1
  }
}

resource "aws_pipes_pipe" "clicks" {
  name          = "clicks"
  role_arn      = "arn:aws:iam::123456789012:role/pipe"
  source        = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  enrichment    = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  target        = "arn:aws:lambda:eu-west-1:123456789012:function:image"
  desired_state = "STOPPED"
}

resource "aws_vpclattice_target_group_attachment" "zip" {
  target_group_identifier = "tg-1"
  target {
    id = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  }
}

resource "aws_appsync_datasource" "zip" {
  name   = "zip"
  api_id = "graph"
  type   = "AWS_LAMBDA"

  lambda_config {
    function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  }
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "jobs"
  policy    = jsonencode({ Statement = [{ Sid = "All", Effect = "Allow", Principal = { AWS = "*" }, NotPrincipal = { AWS = "1" }, Action = "sqs:SendMessage", NotAction = "a", Resource = "*", NotResource = "b", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }] })
}

provider "aws" {
  access_key = "from-somewhere"
  secret_key = "from-elsewhere"
}

resource "aws_lambda_resource_policy" "zip" {
  resource_arn = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  policy       = jsonencode({ Statement = [{ Sid = "All", Effect = "Allow", Principal = { AWS = "*" }, NotPrincipal = { AWS = "1" }, Action = "lambda:InvokeFunction", NotAction = "a", Resource = "*", NotResource = "b", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }] })
}

resource "aws_iam_access_key" "ci" {
  user   = "ci"
  status = "Inactive"
}

resource "aws_secretsmanager_secret" "db" {
  name       = "db"
  kms_key_id = "alias/secrets"

  replica {
    region     = "eu-central-1"
    kms_key_id = "alias/copies"
  }
}

resource "aws_secretsmanager_secret_rotation" "db" {
  secret_id           = "db"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:zip"

  rotation_rules {
    automatically_after_days = 30
    schedule_expression      = "rate(30 days)"
  }
}

resource "aws_ssm_parameter" "stage" {
  name  = "stage"
  type  = "String"
  value = "prod"
}

resource "aws_api_gateway_stage" "prod" {
  stage_name  = "prod"
  rest_api_id = "api"
  variables   = { colour = "blue" }

  xray_tracing_enabled  = true
  cache_cluster_enabled = true
  client_certificate_id = "abc"

  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:shop"
    format          = "$context.requestId"
  }
}

resource "aws_apigatewayv2_stage" "prod" {
  name   = "prod"
  api_id = "web"

  default_route_settings {
    logging_level            = "ERROR"
    data_trace_enabled       = false
    detailed_metrics_enabled = true
    throttling_burst_limit   = 10
    throttling_rate_limit    = 5
  }

  route_settings {
    route_key             = "GET /orders"
    throttling_rate_limit = 2
  }
}

resource "aws_cloudfront_distribution" "web" {
  origin {
    domain_name              = "abc.lambda-url.eu-west-1.on.aws"
    origin_access_control_id = "E123"
  }
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:sign:3"
    }
  }
  ordered_cache_behavior {
    lambda_function_association {
      event_type = "origin-request"
      lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:zip:4"
    }
  }
}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"
  state               = "DISABLED"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:lambda:eu-west-1:111122223333:function:zip:live"
    role_arn = "arn:aws:iam::111122223333:role/scheduler"
    input    = "{\"full\":true}"
  }
}

resource "aws_ecr_repository" "shop" {
  name                 = "shop"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_repository_policy" "shop" {
  repository = "shop"
  policy     = jsonencode({ Statement = [{ Sid = "All", Effect = "Allow", Principal = { AWS = "*" }, NotPrincipal = { AWS = "1" }, Action = "ecr:BatchGetImage", NotAction = "a", Resource = "*", NotResource = "b", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }] })
}

resource "aws_s3_bucket" "orders" {
  bucket              = "shop-orders"
  object_lock_enabled = true
}

resource "aws_s3_bucket_acl" "orders" {
  bucket = "shop-orders"
  acl    = "private"
}

resource "aws_s3_bucket_public_access_block" "orders" {
  bucket                  = "shop-orders"
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = "shop-orders"
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_notification" "orders" {
  bucket = "shop-orders"
  lambda_function {
    lambda_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:other"
    events              = ["s3:ObjectCreated:*"]
  }
}

resource "aws_s3_bucket_policy" "orders" {
  bucket = "shop-orders"
  policy = jsonencode({ Statement = [{ Sid = "All", Effect = "Allow", Principal = { AWS = "*" }, NotPrincipal = { AWS = "1" }, Action = "s3:GetObject", NotAction = "a", Resource = "*", NotResource = "b", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }] })
}

resource "aws_lambdaweb_function" "shop" {
  function_name = "shop"
  tags          = { team = "shop" }
}

resource "aws_lambdaweb_function_revision" "shop" {
  function_name = "shop"
  description   = "first"
  kms_key_arn   = "alias/web"

  build_config {
    runtime_config {
      runtime = "nodejs24.x"
    }
    code_config {
      s3_object {
        bucket     = "artifacts"
        key        = "shop.zip"
        version_id = "1"
      }
    }
  }

  service_config {
    execution_role_arn           = "arn:aws:iam::123456789012:role/inline"
    environment_variables        = { STAGE = "prod" }
    timeout_seconds              = 30
    egress_network_connector_arn = "arn:aws:lambda:eu-west-1:123456789012:network-connector:private:1"
    telemetry_config {
      logging_config {
        log_group = "/web/shop"
      }
    }
  }
}

resource "aws_lambdaweb_function_endpoint" "shop" {
  function_name = "shop"
  endpoint_name = "prod"
  endpoint_type = "HomeRegion"
  auth_type     = "IamAuth"
  throttle_config {
    rate_limit = 10
  }
  scaling_config {
    max_environments = 5
  }
}

resource "aws_lambdamicrovms_image" "box" {
  name                       = "box"
  description                = "a box"
  base_image_arn             = "arn:aws:lambda:eu-west-1:aws:microvm-image:al2023-1"
  build_role_arn             = "arn:aws:iam::123456789012:role/inline"
  additional_os_capabilities = ["ALL"]
  egress_network_connectors  = ["arn:aws:lambda:eu-west-1:123456789012:network-connector:private"]
  environment_variables      = { STAGE = "prod" }
  tags                       = { team = "shop" }
  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
  logging {
    cloudwatch {
      log_group = "/microvms/box"
    }
  }
}

resource "aws_lambdamicrovms_image" "silent" {
  name           = "silent"
  base_image_arn = "arn:aws:lambda:eu-west-1:aws:microvm-image:al2023-1"
  build_role_arn = "arn:aws:iam::123456789012:role/inline"
  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
  logging {
    disabled {}
  }
}

resource "aws_lambdacore_network_connector" "private" {
  name          = "private"
  operator_role = "arn:aws:iam::123456789012:role/connector"
  configuration {
    vpc_egress_configuration {
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

resource "aws_api_gateway_base_path_mapping" "shop" {
  api_id      = "shop"
  domain_name = "shop.example.com"
  stage_name  = "prod"
}

resource "aws_api_gateway_usage_plan" "shop" {
  name = "shop"

  api_stages {
    api_id = "shop"
    stage  = "prod"
  }
}

resource "aws_lb" "shop" {
  name     = "shop"
  internal = true
}

resource "aws_lb_target_group" "zip" {
  name        = "zip"
  target_type = "lambda"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/zip/1"
  }
}

resource "aws_lb_listener_rule" "shop" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/1/2"
  priority     = 1

  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/zip/1"
  }

  condition {
    path_pattern {
      values = ["/shop"]
    }
  }
}

resource "aws_vpclattice_service" "shop" {
  name      = "shop"
  auth_type = "AWS_IAM"
}

resource "aws_vpclattice_target_group" "zip" {
  name = "zip"
  type = "LAMBDA"
}

resource "aws_vpclattice_listener" "shop" {
  name               = "shop"
  protocol           = "HTTPS"
  service_identifier = "svc-1"

  default_action {
    forward {
      target_groups {
        target_group_identifier = "tg-1"
      }
    }
  }
}

resource "aws_vpclattice_listener_rule" "shop" {
  name                = "shop"
  priority            = 1
  service_identifier  = "svc-1"
  listener_identifier = "listener-1"

  action {
    forward {
      target_groups {
        target_group_identifier = "tg-1"
      }
    }
  }

  match {
    http_match {
      method = "GET"
    }
  }
}

resource "aws_vpclattice_service_network" "inside" {
  name      = "inside"
  auth_type = "AWS_IAM"
}

resource "aws_vpclattice_service_network_service_association" "shop" {
  service_identifier         = "svc-1"
  service_network_identifier = "sn-1"
}

resource "aws_cognito_user_pool" "people" {
  name              = "people"
  mfa_configuration = "OPTIONAL"

  password_policy {
    minimum_length = 12
  }
}

resource "aws_appsync_graphql_api" "graph" {
  name                = "graph"
  authentication_type = "API_KEY"

  additional_authentication_provider {
    authentication_type = "AWS_IAM"
  }
}

resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/live"
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id                  = "vpc-1"
  cidr_block              = "10.0.1.0/24"
  availability_zone       = "eu-west-1a"
  map_public_ip_on_launch = true
}

resource "aws_internet_gateway" "main" {
  vpc_id = "vpc-1"
}

resource "aws_route_table" "public" {
  vpc_id = "vpc-1"
}

resource "aws_route" "out" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = "igw-1"
}

resource "aws_route" "out6" {
  route_table_id              = "rtb-1"
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = "igw-1"
}

resource "aws_route_table_association" "a" {
  subnet_id      = "subnet-1"
  route_table_id = "rtb-1"
}

resource "aws_security_group" "fn" {
  name   = "fn"
  vpc_id = "vpc-1"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }

  ingress {
    protocol         = "tcp"
    from_port        = 443
    to_port          = 443
    ipv6_cidr_blocks = ["2001:db8::/64"]
  }

  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol         = "tcp"
    from_port        = 443
    to_port          = 443
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "fn" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "10.0.0.0/16"
}

resource "aws_vpc_security_group_egress_rule" "fn" {
  security_group_id = "sg-1"
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}

resource "aws_network_acl" "fn" {
  vpc_id = "vpc-1"
}

resource "aws_network_acl_rule" "fn" {
  network_acl_id = "acl-1"
  rule_number    = 100
  egress         = true
  protocol       = "6"
  rule_action    = "allow"
  cidr_block     = "10.0.0.0/16"
  from_port      = 443
  to_port        = 443
}

resource "aws_network_acl_rule" "fn6" {
  network_acl_id  = "acl-1"
  rule_number     = 101
  protocol        = "-1"
  rule_action     = "deny"
  ipv6_cidr_block = "::/0"
}

resource "aws_network_acl_association" "a" {
  network_acl_id = "acl-1"
  subnet_id      = "subnet-1"
}

resource "aws_vpc_endpoint" "lambda" {
  vpc_id            = "vpc-1"
  service_name      = "com.amazonaws.eu-west-1.lambda"
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-1"]
  policy            = jsonencode({ Statement = [{ Sid = "All", Effect = "Allow", Principal = { AWS = "*" }, NotPrincipal = { AWS = "1" }, Action = "lambda:InvokeFunction", NotAction = "a", Resource = "*", NotResource = "b", Condition = { StringEquals = { "aws:PrincipalAccount" = "123456789012" } } }] })
}

resource "aws_flow_log" "main" {
  vpc_id = "vpc-1"
}

resource "aws_efs_access_point" "data" {
  file_system_id = "fs-1"

  posix_user {
    uid = 1000
    gid = 1000
  }

  root_directory {
    path = "/data"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "750"
    }
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t4g.micro"
  subnet_id              = aws_subnet.a.id
  vpc_security_group_ids = [aws_security_group.fn.id]
}

resource "aws_cloudwatch_log_data_protection_policy" "rare" {
  log_group_name  = "/aws/lambda/zip"
  policy_document = jsonencode({ Name = "mask" })
}

resource "aws_cloudwatch_log_subscription_filter" "zip" {
  name            = "zip"
  log_group_name  = "/aws/lambda/zip"
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/archive"
}

resource "aws_cloudwatch_log_resource_policy" "logs" {
  policy_name     = "logs"
  policy_document = jsonencode({ Statement = [{ Sid = "All", Effect = "Allow", Principal = { AWS = "*" }, NotPrincipal = { AWS = "1" }, Action = "logs:PutLogEvents", NotAction = "a", Resource = "*", NotResource = "b", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }] })
}

resource "aws_cloudwatch_log_account_policy" "logs" {
  policy_name     = "logs"
  policy_type     = "DATA_PROTECTION_POLICY"
  policy_document = "{}"
}

resource "aws_cloudwatch_log_delivery_source" "logs" {
  name         = "logs"
  log_type     = "APPLICATION_LOGS"
  resource_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/zip"
}

resource "aws_cloudwatch_log_delivery_destination" "logs" {
  name = "logs"
  delivery_destination_configuration {
    destination_resource_arn = "arn:aws:s3:::shop-orders"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "archive" {
  name        = "archive"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::123456789012:role/archive"
    bucket_arn = "arn:aws:s3:::shop-orders"
  }
}

resource "aws_cloudtrail" "all" {
  name           = "all"
  s3_bucket_name = "trail"
  event_selector {
    data_resource {
      type   = "AWS::Lambda::Function"
      values = ["arn:aws:lambda"]
    }
  }
  advanced_event_selector {
    field_selector {
      field  = "resources.type"
      equals = ["AWS::Lambda::Function"]
    }
  }
}

resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::123456789012:role/orders"
  definition = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
  }
  tracing_configuration {
    enabled = true
  }
}

resource "aws_pipes_pipe" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::123456789012:role/orders"
  source   = "arn:aws:sqs:eu-west-1:123456789012:orders"
  target   = "arn:aws:sqs:eu-west-1:123456789012:others"
  log_configuration {
    level                  = "TRACE"
    include_execution_data = ["ALL"]
  }
}

resource "aws_api_gateway_api_key" "client" {
  name  = "client"
  value = "CHANGE_ME"
}

resource "aws_iam_role" "inline" {
  name               = "inline"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  inline_policy {
    name   = "orders"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:123456789012:orders" }] })
  }
}
