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
}

resource "aws_api_gateway_rest_api" "shop" {
  name   = "shop"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "*" }] })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
  target        = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
}

resource "aws_apigatewayv2_integration" "web" {
  api_id           = "web"
  integration_type = "AWS_PROXY"
  integration_uri  = "arn:aws:lambda:eu-west-1:123456789012:function:zip"
  credentials_arn  = "arn:aws:iam::123456789012:role/api"
}

resource "aws_apigatewayv2_authorizer" "web" {
  name            = "people"
  api_id          = "web"
  authorizer_type = "JWT"

  jwt_configuration {
    audience = ["web"]
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
}

resource "aws_apigatewayv2_stage" "prod" {
  name   = "prod"
  api_id = "web"

  default_route_settings {
    logging_level      = "ERROR"
    data_trace_enabled = false
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

resource "aws_iam_role" "inline" {
  name               = "inline"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  inline_policy {
    name   = "orders"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:123456789012:orders" }] })
  }
}
