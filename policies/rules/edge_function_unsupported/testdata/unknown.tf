variable "edge" {
  type = string
}

variable "timeout" {
  type = number
}

variable "event" {
  type = string
}

resource "aws_lambda_function" "sign" {
  function_name = "sign"
  role          = aws_iam_role.edge.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  filename      = "sign.zip"
  publish       = true
  timeout       = var.timeout
  memory_size   = var.timeout
}

resource "aws_lambda_function" "resize" {
  function_name = "resize"
  role          = aws_iam_role.edge.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  filename      = "resize.zip"
  publish       = true
  timeout       = 20
}

resource "aws_cloudfront_distribution" "web" {
  enabled = true

  origin {
    origin_id   = "web"
    domain_name = "origin.example.com"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "web"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"

    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.sign.qualified_arn
    }
  }

  ordered_cache_behavior {
    path_pattern           = "/images/*"
    target_origin_id       = "web"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"

    lambda_function_association {
      event_type = "origin-response"
      lambda_arn = var.edge
    }

    lambda_function_association {
      event_type = var.event
      lambda_arn = aws_lambda_function.resize.qualified_arn
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

resource "aws_iam_role" "edge" {
  name = "edge"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }
    }]
  })
}
