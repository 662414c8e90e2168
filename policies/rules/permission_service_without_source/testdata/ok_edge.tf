# Lambda@Edge replicates functions on its own behalf, without a source ARN.
resource "aws_lambda_permission" "replicate" {
  function_name = "orders"
  action        = "lambda:GetFunction"
  principal     = "replicator.lambda.amazonaws.com"
}

resource "aws_lambda_permission" "edge" {
  function_name = "orders"
  action        = "lambda:GetFunction"
  principal     = "edgelambda.amazonaws.com"
}
