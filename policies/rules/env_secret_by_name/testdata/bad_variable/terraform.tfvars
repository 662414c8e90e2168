from_file = "Autumn-in-Bergen-06" # want "has a secret in environment variable USER_PASSWORD"
api_token = "w9Xk2LmQ8vTz4RbN" # want "has a secret in environment variable API_TOKEN"
