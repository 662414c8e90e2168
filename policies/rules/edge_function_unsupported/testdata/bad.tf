resource "aws_lambda_function" "sign" {
  function_name = "sign"
  role          = aws_iam_role.edge.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  filename      = "sign.zip"
  publish       = true
  memory_size   = 256 # want "has 256 MB of memory: for viewer events Lambda@Edge allows 128 MB .viewer-request."
  timeout       = 10 # want "has a timeout of 10 seconds: for viewer events Lambda@Edge allows 5"
  architectures = ["arm64"] # want "does not support the architecture arm64"
  layers        = ["arn:aws:lambda:us-east-1:123456789012:layer:crypto:3"] # want "does not support layers"
  kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" # want "does not support customer managed keys"

  environment { # want "does not support environment variables"
    variables = { STAGE = "prod" }
  }

  vpc_config { # want "does not support VPCs"
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn # want "does not support dead-letter queues"
  }
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_lambda_function" "resize" {
  function_name = "resize"
  role          = aws_iam_role.edge.arn
  package_type  = "Image" # want "does not support the package type Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/resize:1"
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
      lambda_arn = aws_lambda_function.resize.arn # want "without a version"
    }

    lambda_function_association {
      event_type = "origin-request"
      lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:rewrite:live" # want "without a version"
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
