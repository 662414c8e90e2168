# Each driver has its own syntax for credentials.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      JDBC = "jdbc:postgresql://db.internal:5432/orders?user=orders&password=Yc7QmT2xLp" # want "its value has the form connection-string"
      SQLSERVER = "jdbc:sqlserver://db.internal:1433;databaseName=orders;user=orders;password=Yc7QmT2xLp" # want "its value has the form connection-string"
      ORACLE = "jdbc:oracle:thin:orders/Yc7QmT2xLp@//db.internal:1521/orders" # want "its value has the form connection-string"
      LIBPQ = "host=db.internal port=5432 dbname=orders user=orders password=Yc7QmT2xLp" # want "its value has the form connection-string"
      MYSQL = "orders:Yc7QmT2xLp@tcp(db.internal:3306)/orders" # want "its value has the form connection-string"
      REDIS = "cache.internal:6379,password=Yc7QmT2xLp,ssl=True" # want "its value has the form connection-string"
      ODBC = "Driver={ODBC Driver 18 for SQL Server};Server=db.internal;UID=orders;PWD=Yc7QmT2xLp" # want "its value has the form connection-string"
    }
  }
}
