package handler

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// operations lists the operations of the SDKs and their IAM actions: a line for each service. See generate.go.
//
//go:embed operations.txt
var operations string

// service is an AWS service of the SDKs.
type service struct {
	name   string // in boto3, such as stepfunctions
	prefix string // of its IAM actions, such as states
	list   string // its operations
}

// services are the lines of operations, by the name of the service in boto3 and by its ID.
var services = sync.OnceValues(func() (byName, byID map[string]service) { //nolint:gochecknoglobals // a table, never written
	const fields = 4
	byName, byID = map[string]service{}, map[string]service{}
	for line := range strings.Lines(operations) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		part := strings.SplitN(strings.TrimSpace(line), " ", fields)
		if len(part) != fields {
			continue
		}
		s := service{name: part[0], prefix: part[2], list: part[3]}
		byName[part[0]] = s
		if _, ok := byID[part[1]]; !ok { // the first of those with one ID
			byID[part[1]] = s
		}
	}
	return byName, byID
})

// serviceByName returns a service by its name in boto3.
func serviceByName(name string) (service, bool) {
	byName, _ := services()
	s, ok := byName[name]
	return s, ok
}

// serviceByID returns a service by its name in an SDK for JavaScript: the end of a package, or the name of a class of version 2.
func serviceByID(name string) (service, bool) {
	id := strings.ToLower(strings.ReplaceAll(name, "-", ""))
	if other := otherIDs(id); other != "" {
		id = other
	}
	_, byID := services()
	s, ok := byID[id]
	return s, ok
}

// otherIDs returns the service ID of a class of version 2 of the SDK for JavaScript that has another name.
func otherIDs(class string) string {
	return map[string]string{
		"cloudwatchevents":               "eventbridge",
		"cognitoidentityserviceprovider": "cognitoidentityprovider",
		"cur":                            "costandusagereportservice",
		"discovery":                      "applicationdiscoveryservice",
		"dms":                            "databasemigrationservice",
		"elb":                            "elasticloadbalancing",
		"elbv2":                          "elasticloadbalancingv2",
		"es":                             "elasticsearchservice",
		"iotdata":                        "iotdataplane",
		"lexruntime":                     "lexruntimeservice",
		"rdsdataservice":                 "rdsdata",
		"stepfunctions":                  "sfn",
		"transcribeservice":              "transcribe",
	}[class]
}

// operation returns the name of an operation by its method, such as put_object or putObject, and its actions. It is false for
// an operation whose actions are not certain.
func (s service) operation(method string) (name string, actions []string, ok bool) {
	method = strings.ReplaceAll(method, "_", "")
	for entry := range strings.FieldsSeq(s.list) {
		name, list, hasList := strings.Cut(entry, "=")
		switch {
		case !strings.EqualFold(name, method):
		case !hasList:
			return name, []string{s.prefix + ":" + name}, true
		case list == "-":
			return name, nil, true
		default:
			return name, strings.Split(list, ","), true
		}
	}
	return "", nil, false
}

// waiter returns the operation that a waiter calls; "" if there is none.
func (s service) waiter(name string) string {
	name = strings.ReplaceAll(name, "_", "")
	for entry := range strings.FieldsSeq(s.list) {
		waiter, operation, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(waiter, "~") && strings.EqualFold(waiter[1:], name) {
			return operation
		}
	}
	return ""
}

// higher returns the operations that a method of a client calls which the SDK adds to those of the service.
func (s service) higher(method string) []string {
	switch s.name + "." + method {
	case "s3.upload_file", "s3.upload_fileobj", "s3.upload", "s3.generate_presigned_post", "s3.createPresignedPost":
		return []string{"PutObject"}
	case "s3.download_file", "s3.download_fileobj":
		return []string{"GetObject"}
	case "s3.copy":
		return []string{"CopyObject"}
	}
	return nil
}

// document returns the operation of a method of the document client of DynamoDB.
func document(method string) string {
	switch method {
	case "get", "put", "update", "delete":
		return strings.ToUpper(method[:1]) + method[1:] + "Item"
	case "query", "scan":
		return strings.ToUpper(method[:1]) + method[1:]
	case "batchGet", "batchWrite":
		return "Batch" + method[len("batch"):] + "Item"
	case "transactGet", "transactWrite":
		return "Transact" + method[len("transact"):] + "Items"
	}
	return ""
}

// resourceOperations returns the operations of a method of a boto3 resource, such as Table.put_item. none: it calls nothing.
func resourceOperations(service, entity, method string) (operations []string, none bool) {
	switch service + "." + entity {
	case "dynamodb.Table":
		return tableOperations(method)
	case "dynamodb.":
		return baseOperations(method)
	case "s3.Bucket":
		return bucketOperations(method)
	case "s3.Object":
		return objectOperations(method)
	case "sqs.Queue":
		return queueOperations(method)
	}
	if c := collectionOf(entity); c.lists != "" {
		return c.operations(method)
	}
	switch service + "." + entity + "." + method {
	case "sqs..get_queue_by_name":
		return []string{"GetQueueUrl"}, false
	case "sns.Topic.publish":
		return []string{"Publish"}, false
	}
	return nil, entity == "" && isEntity(service, method) || entity == "batch"
}

func queueOperations(method string) ([]string, bool) {
	switch method {
	case "send_message":
		return []string{"SendMessage"}, false
	case "send_messages":
		return []string{"SendMessageBatch"}, false
	case "receive_messages":
		return []string{"ReceiveMessage"}, false
	case "delete_messages":
		return []string{"DeleteMessageBatch"}, false
	case "purge":
		return []string{"PurgeQueue"}, false
	}
	return nil, false
}

func tableOperations(method string) ([]string, bool) {
	switch method {
	case "put_item", "get_item", "update_item", "delete_item", "query", "scan":
		return []string{method}, false
	case "batch_writer":
		return []string{"BatchWriteItem"}, false
	case "load", "reload":
		return []string{"DescribeTable"}, false
	case "delete":
		return []string{"DeleteTable"}, false
	}
	return nil, false
}

func baseOperations(method string) ([]string, bool) {
	switch method {
	case "batch_get_item", "batch_write_item", "create_table":
		return []string{method}, false
	}
	return nil, method == "Table"
}

func bucketOperations(method string) ([]string, bool) {
	switch method {
	case "upload_file", "upload_fileobj", "put_object":
		return []string{"PutObject"}, false
	case "download_file", "download_fileobj":
		return []string{"GetObject"}, false
	case "delete_objects":
		return []string{"DeleteObjects"}, false
	case "copy":
		return []string{"CopyObject"}, false
	}
	return nil, method == "Object"
}

// collection is a collection of boto3 resources.
type collection struct {
	service string
	lists   string // operation that lists its pages
	item    string // resource that it contains
}

// collectionOf returns a collection by the member of a boto3 resource that it is; the zero collection if it is none.
// https://boto3.amazonaws.com/v1/documentation/api/latest/guide/collections.html
func collectionOf(entity string) collection {
	return map[string]collection{
		"Bucket.objects":         {"s3", "ListObjects", "Object"},
		"Bucket.object_versions": {"s3", "ListObjectVersions", "ObjectVersion"},
		"buckets":                {"s3", "ListBuckets", "Bucket"},
		"tables":                 {"dynamodb", "ListTables", "Table"},
		"queues":                 {"sqs", "ListQueues", "Queue"},
		"topics":                 {"sns", "ListTopics", "Topic"},
	}[entity]
}

// isPart reports whether a method of a collection returns a part of it.
func isPart(method string) bool {
	return slices.Contains([]string{"all", "filter", "limit", "page_size", "pages"}, method)
}

// operations returns the operations of a method.
func (c collection) operations(method string) ([]string, bool) {
	switch {
	case isPart(method):
		return []string{c.lists}, false
	case method == "delete": // of objects and their versions
		return []string{c.lists, "DeleteObjects"}, false
	}
	return nil, false
}

func objectOperations(method string) ([]string, bool) {
	switch method {
	case "put", "upload_file", "upload_fileobj":
		return []string{"PutObject"}, false
	case "get", "download_file", "download_fileobj":
		return []string{"GetObject"}, false
	case "delete":
		return []string{"DeleteObject"}, false
	case "load", "reload":
		return []string{"HeadObject"}, false
	case "copy", "copy_from":
		return []string{"CopyObject"}, false
	}
	return nil, false
}

// isEntity reports whether a method of a boto3 resource returns one of the resources whose methods are listed above.
func isEntity(service, method string) bool {
	switch service + "." + method {
	case "dynamodb.Table", "s3.Bucket", "s3.Object", "sqs.Queue", "sns.Topic":
		return true
	}
	return false
}

// nameKey returns the parameter of a service's operations that names the resource.
func nameKey(service string) []string {
	switch service {
	case "s3":
		return []string{"Bucket"}
	case "dynamodb":
		return []string{"TableName"}
	case "sqs":
		return []string{"QueueUrl"}
	case "sns":
		return []string{"TopicArn", "TargetArn"}
	case "lambda":
		return []string{"FunctionName"}
	case "kinesis":
		return []string{"StreamName", "StreamARN"}
	case "firehose":
		return []string{"DeliveryStreamName"}
	case "secretsmanager":
		return []string{"SecretId"}
	case "ssm":
		return []string{"Name"}
	case "stepfunctions":
		return []string{"stateMachineArn"}
	}
	return nil
}
