resource "aws_lambda_permission" "bucket" { # want "aws_lambda_permission.bucket allows .* without a source ARN"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
}

resource "aws_lambda_permission" "logs" { # want "aws_lambda_permission.logs allows .* without a source ARN"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.eu-west-1.amazonaws.com"
}

resource "aws_lambda_permission" "china" { # want "aws_lambda_permission.china allows .* without a source ARN"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com.cn"
}

resource "aws_lambda_permission" "null_source" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = null # want "aws_lambda_permission.null_source allows sns"
}
