resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/tmp/wrapper" # want "rders loads code from /tmp.*AWS_LAMBDA_EXEC_WRAPPER is /tmp/wrapper"
      LD_PRELOAD = "/tmp/hook.so" # want "LD_PRELOAD is /tmp/hook.so"
      PYTHONPATH = "/var/task:/tmp/lib" # want "PYTHONPATH is /var/task:/tmp/lib"
      JAVA_TOOL_OPTIONS = "-javaagent:/tmp/agent.jar" # want "JAVA_TOOL_OPTIONS is -javaagent"
      NODE_OPTIONS = "--inspect=0.0.0.0:9229" # want "rders starts the debugger of Node.js: NODE_OPTIONS is --inspect"
    }
  }
}
