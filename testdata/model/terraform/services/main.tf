# Services that invoke a function and are configured differently in CloudFormation, or not at all.
resource "aws_lambda_function" "called" {
  function_name = "called"
  role          = "arn:aws:iam::123456789012:role/called"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "called.zip"
}

resource "aws_lex_intent" "order" {
  name = "Order"

  dialog_code_hook {
    message_version = "1.0"
    uri             = aws_lambda_function.called.arn
  }

  fulfillment_activity {
    type = "CodeHook"

    code_hook {
      message_version = "1.0"
      uri             = aws_lambda_function.called.arn
    }
  }
}

resource "aws_bedrockagent_agent" "shop" {
  agent_name              = "shop"
  agent_resource_role_arn = "arn:aws:iam::123456789012:role/shop"
  foundation_model        = "amazon.nova-pro-v1:0"

  prompt_override_configuration {
    override_lambda = aws_lambda_function.called.arn

    prompt_configurations {
      base_prompt_template = "Answer."
      parser_mode          = "OVERRIDDEN"
      prompt_creation_mode = "OVERRIDDEN"
      prompt_state         = "ENABLED"
      prompt_type          = "ORCHESTRATION"

      inference_configuration {
        max_length     = 2048
        stop_sequences = ["Human:"]
        temperature    = 0
        top_k          = 250
        top_p          = 1
      }
    }
  }
}

resource "aws_bedrockagent_agent_action_group" "orders" {
  agent_id          = aws_bedrockagent_agent.shop.agent_id
  agent_version     = "DRAFT"
  action_group_name = "orders"

  action_group_executor {
    lambda = aws_lambda_function.called.arn
  }
}

resource "aws_bedrockagent_flow" "orders" {
  name               = "orders"
  execution_role_arn = "arn:aws:iam::123456789012:role/orders"

  definition {
    node {
      name = "Start"
      type = "Input"

      configuration {
        input {}
      }
    }

    node {
      name = "Call"
      type = "LambdaFunction"

      configuration {
        lambda_function {
          lambda_arn = aws_lambda_function.called.arn
        }
      }
    }
  }
}

resource "aws_chimesdkvoice_sip_media_application" "phone" {
  aws_region = "us-east-1"
  name       = "phone"

  endpoints {
    lambda_arn = aws_lambda_function.called.arn
  }
}

resource "aws_chimesdkmediapipelines_media_insights_pipeline_configuration" "phone" {
  name                     = "phone"
  resource_access_role_arn = "arn:aws:iam::123456789012:role/phone"

  elements {
    type = "LambdaFunctionSink"

    lambda_function_sink_configuration {
      insights_target = aws_lambda_function.called.arn
    }
  }
}

resource "aws_cloudwatch_log_account_policy" "logs" {
  policy_name = "logs"
  policy_type = "SUBSCRIPTION_FILTER_POLICY"

  policy_document = jsonencode({
    DestinationArn = aws_lambda_function.called.arn
    FilterPattern  = "ERROR"
    Distribution   = "Random"
  })
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    domain_name = "site.s3.amazonaws.com"
    origin_id   = "site"
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "site"
    viewer_protocol_policy = "https-only"
  }

  ordered_cache_behavior {
    path_pattern           = "/admin/*"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "site"
    viewer_protocol_policy = "https-only"

    lambda_function_association {
      event_type = "viewer-response"
      lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:elsewhere:1"
    }

    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.called.qualified_arn
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
