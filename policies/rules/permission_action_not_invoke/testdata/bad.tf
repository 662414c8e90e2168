resource "aws_lambda_permission" "update" {
  function_name = "orders"
  action        = "lambda:UpdateFunctionCode" # want "allows lambda:UpdateFunctionCode"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "read" {
  function_name = "orders"
  action        = "lambda:GetFunction" # want "allows lambda:GetFunction"
  principal     = "111122223333"
}
