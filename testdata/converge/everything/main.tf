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

  vpc_config {
    subnet_ids                  = ["subnet-1"]
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
  kms_key_arn                    = "arn:aws:kms:eu-west-1:123456789012:key/k"
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
    maximum_pollers = 5
  }
  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
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
}

resource "aws_sns_topic_subscription" "zip" {
  topic_arn      = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol       = "lambda"
  endpoint       = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  redrive_policy = "arn:aws:sqs:eu-west-1:123456789012:failed"
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
  connection_type  = "VPC_LINK"

  tls_config {
    server_name_to_verify = "shop.example.com"
  }
}

resource "aws_apigatewayv2_authorizer" "web" {
  name            = "people"
  api_id          = "web"
  authorizer_type = "JWT"

  jwt_configuration {
    audience = ["web"]
    issuer   = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a"
  }
}

resource "aws_api_gateway_authorizer" "pool" {
  name          = "pool"
  rest_api_id   = "shop"
  type          = "COGNITO_USER_POOLS"
  provider_arns = ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a"]
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
  name = "jobs"
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
  bucket = "shop-orders"
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

resource "aws_appsync_datasource" "zip" {
  name   = "zip"
  api_id = "graph"
  type   = "AWS_LAMBDA"

  lambda_config {
    function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  }
}

resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/live"
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1"
}
