resource "aws_lambda_permission" "invoke" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "url" {
  function_name          = "orders"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "111122223333"
  function_url_auth_type = "AWS_IAM"
}

resource "aws_lambda_permission" "wildcard" {
  function_name = "orders"
  action        = "lambda:*"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "spelling" {
  function_name = "orders"
  action        = "lambda:invokeFunction"
  principal     = "111122223333"
}
