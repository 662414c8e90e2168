package handler

import (
	"slices"
	"strings"
)

// isGoInterface reports whether packages of others call a method with a name through an interface.
func isGoInterface(name string) bool {
	return slices.Contains([]string{
		"Invoke", "Handle", "ServeHTTP", "RoundTrip", "Read", "Write", "Close", "String", "Error", "Unwrap", "MarshalJSON", "UnmarshalJSON",
		"MarshalDynamoDBAttributeValue", "UnmarshalDynamoDBAttributeValue", "UnmarshalText", "MarshalText", "Len", "Less", "Swap",
	}, name)
}

// isQuietInGo reports whether a module calls no AWS service with the role of the function by itself.
func isQuietInGo(name string) bool {
	return !strings.Contains(name, ".") || strings.HasPrefix(name, "golang.org/x/") || strings.HasPrefix(name, "google.golang.org/") ||
		strings.HasPrefix(name, "go.uber.org/") || isListed(goModules, name)
}

// goModules are the SDKs and widely used modules.
const goModules = `
	github.com/aws/aws-lambda-go github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2 github.com/aws/aws-xray-sdk-go github.com/aws/smithy-go
	github.com/awslabs/aws-lambda-go-api-proxy github.com/BurntSushi/toml github.com/davecgh/go-spew github.com/gin-gonic/gin
	github.com/go-chi/chi github.com/go-playground/validator github.com/go-redis/redis github.com/go-resty/resty github.com/go-sql-driver/mysql
	github.com/goccy/go-json github.com/gofiber/fiber github.com/gofrs/uuid github.com/golang/protobuf github.com/golang-jwt/jwt github.com/dgrijalva/jwt-go
	github.com/google/go-cmp github.com/google/uuid github.com/gorilla/mux github.com/hashicorp/go-multierror github.com/hashicorp/go-retryablehttp
	github.com/jackc/pgx github.com/jmoiron/sqlx github.com/json-iterator/go github.com/labstack/echo github.com/lib/pq github.com/mitchellh/mapstructure
	github.com/oklog/ulid github.com/pkg/errors github.com/redis/go-redis github.com/rs/zerolog github.com/satori/go.uuid github.com/segmentio/ksuid
	github.com/shopspring/decimal github.com/sirupsen/logrus github.com/spf13/cast github.com/stretchr/testify github.com/tidwall/gjson gopkg.in/yaml.v2
	gopkg.in/yaml.v3 gorm.io/gorm gorm.io/driver github.com/cenkalti/backoff github.com/caarlos0/env github.com/kelseyhightower/envconfig github.com/joho/godotenv
	go.opentelemetry.io/otel`

func beforeDot(name string) string {
	first, _, _ := strings.Cut(name, ".")
	return first
}
