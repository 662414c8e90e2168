package model

// lambdaKinds are the resources of Lambda itself.
type lambdaKinds struct {
	Functions              []Function               `json:"functions" tf:"aws_lambda_function" cfn:"AWS::Lambda::Function" sam:"AWS::Serverless::Function"`
	FunctionURLs           []FunctionURL            `json:"function_urls" tf:"aws_lambda_function_url" cfn:"AWS::Lambda::Url"`
	Permissions            []Permission             `json:"permissions" tf:"aws_lambda_permission" cfn:"AWS::Lambda::Permission"`
	EventSources           []EventSource            `json:"event_sources" tf:"aws_lambda_event_source_mapping" cfn:"AWS::Lambda::EventSourceMapping"`
	AsyncConfigs           []AsyncConfig            `json:"async_configs" tf:"aws_lambda_function_event_invoke_config" cfn:"AWS::Lambda::EventInvokeConfig"`
	Aliases                []Alias                  `json:"aliases" tf:"aws_lambda_alias" cfn:"AWS::Lambda::Alias"`
	Versions               []Version                `json:"versions" cfn:"AWS::Lambda::Version"`
	ProvisionedConcurrency []ProvisionedConcurrency `json:"provisioned_concurrency" tf:"aws_lambda_provisioned_concurrency_config" cfn:"AWS::Lambda::Alias|AWS::Lambda::Version"`
	Layers                 []Layer                  `json:"layers" tf:"aws_lambda_layer_version" cfn:"AWS::Lambda::LayerVersion" sam:"AWS::Serverless::LayerVersion"`
	LayerPermissions       []LayerPermission        `json:"layer_permissions" tf:"aws_lambda_layer_version_permission" cfn:"AWS::Lambda::LayerVersionPermission"`
	SigningConfigs         []SigningConfig          `json:"signing_configs" tf:"aws_lambda_code_signing_config" cfn:"AWS::Lambda::CodeSigningConfig"`
	ResourcePolicies       []ResourcePolicy         `json:"resource_policies" tf:"awscc_lambda_resource_policy|aws_lambda_resource_policy|aws_lambdaweb_resource_policy" cfn:"AWS::Lambda::ResourcePolicy"`
	Archives               []Archive                `json:"archives" tf:"data.archive_file"`
	ContainerImages        []ContainerImage         `json:"container_images" tf:"docker_image|docker_registry_image"`

	// RuntimeUpdates and Recursions are resources of their own only in Terraform. Link moves
	// them into their functions.
	RuntimeUpdates []RuntimeUpdates `json:"-" tf:"aws_lambda_runtime_management_config"`
	Recursions     []Recursion      `json:"-" tf:"aws_lambda_function_recursion_config"`
}

// Function is a Lambda function.
// Defaults: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
type Function struct {
	Resource
	Name                Value[string]       `json:"name" tf:"function_name" cfn:"FunctionName"`
	PackageType         Value[string]       `json:"package_type" tf:"package_type" cfn:"PackageType" default:"Zip"`
	Runtime             Value[string]       `json:"runtime" tf:"runtime" cfn:"Runtime"`
	Handler             Value[string]       `json:"handler" tf:"handler" cfn:"Handler"`
	Architectures       List[Value[string]] `json:"architectures" tf:"architectures" cfn:"Architectures"`
	Layers              List[Ref]           `json:"layers" tf:"layers" cfn:"Layers" to:"layers"`
	Role                Ref                 `json:"role" tf:"role" cfn:"Role" to:"roles" symbol:"true"`
	Environment         Environment         `json:"environment" tf:"environment" cfn:"Environment"`
	KMSKey              Value[string]       `json:"kms_key" tf:"kms_key_arn" cfn:"KmsKeyArn"`
	VPC                 VPC                 `json:"vpc" tf:"vpc_config" cfn:"VpcConfig"`
	FileSystems         List[FileSystem]    `json:"file_systems" tf:"file_system_config" cfn:"FileSystemConfigs"`
	Timeout             Value[int]          `json:"timeout" tf:"timeout" cfn:"Timeout" default:"3"`                                          // seconds
	Memory              Value[int]          `json:"memory" tf:"memory_size" cfn:"MemorySize" default:"128"`                                  // MB
	EphemeralStorage    Value[int]          `json:"ephemeral_storage" tf:"ephemeral_storage.size" cfn:"EphemeralStorage.Size" default:"512"` // MB
	ReservedConcurrency Value[int]          `json:"reserved_concurrency" tf:"reserved_concurrent_executions" cfn:"ReservedConcurrentExecutions"`
	DeadLetter          DeadLetter          `json:"dead_letter" tf:"dead_letter_config" cfn:"DeadLetterConfig" sam:"DeadLetterQueue"`
	Tracing             Tracing             `json:"tracing" tf:"tracing_config" cfn:"TracingConfig" sam:"Tracing"`
	Logging             Logging             `json:"logging" tf:"logging_config" cfn:"LoggingConfig"`
	CodeSigning         Ref                 `json:"code_signing" tf:"code_signing_config_arn" cfn:"CodeSigningConfigArn" to:"signing_configs"`
	SnapStart           SnapStart           `json:"snap_start" tf:"snap_start" cfn:"SnapStart"`
	Image               Image               `json:"image" tf:"image_config" cfn:"ImageConfig"`
	Code                Code                `json:"code" tf:"." cfn:"Code" sam:"."`
	RuntimeARN          Value[string]       `json:"runtime_arn" cfn:"RuntimeConfig.RuntimeArn"` // customer-managed runtime
	RuntimeUpdates      RuntimeUpdate       `json:"runtime_updates" tf:"-" cfn:"RuntimeManagementConfig"`
	RecursiveLoop       Value[string]       `json:"recursive_loop" tf:"-" cfn:"RecursiveLoop" default:"Terminate"`
	Description         Value[string]       `json:"description" tf:"description" cfn:"Description" secret:"form"`
	Tags                Map                 `json:"tags" tf:"tags" cfn:"Tags" secret:"form"`
	Durable             Durable             `json:"durable" tf:"durable_config" cfn:"DurableConfig"`
	Tenancy             Tenancy             `json:"tenancy" tf:"tenancy_config" cfn:"TenancyConfig"`
	CapacityProvider    Ref                 `json:"capacity_provider" tf:"capacity_provider_config.lambda_managed_instances_capacity_provider_config.capacity_provider_arn" cfn:"CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn" sam:"CapacityProviderConfig.Arn" to:"capacity_providers"`
	Scaling             Scaling             `json:"scaling" cfn:"FunctionScalingConfig"`
	Publish             Value[bool]         `json:"publish" tf:"publish" default:"false"` // a version with each change; CloudFormation has versions instead

	// PublishTo is LATEST_PUBLISHED or true if each change also updates $LATEST.PUBLISHED.
	PublishTo Value[string] `json:"publish_to" tf:"publish_to" cfn:"PublishToLatestPublished"`

	// Retained is true if the function stays when its resource is removed. CloudFormation has a DeletionPolicy for it,
	// which is no property: the reader fills it in.
	Retained Value[bool] `json:"retained" tf:"skip_destroy" default:"false"`

	// Referenced is true if something in the template refers to the function, filled by Link.
	Referenced Value[bool] `json:"referenced"`

	// Source is the code of the handler; absent: it is not in the repository, or in a language that is not read.
	Source Ref `json:"source" to:"sources"`

	// Unread is why the code is not read: it is not in the repository, or its language is not read. Absent: Source is the code.
	Unread Value[string] `json:"unread"`

	// SAMPolicies are the Policies of a SAM function, filled by the reader.
	SAMPolicies List[SAMPolicy] `json:"sam_policies"`
}

// dropUnsent removes the arguments that the AWS provider of Terraform does not send to Lambda: the handler and the runtime of a
// container image.
// Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/lambda/function.go
func (f *Function) dropUnsent() {
	if kind, ok := f.PackageType.Get(); ok && kind == "Image" {
		f.Runtime, f.Handler = Value[string]{}, Value[string]{}
	}
}

// RuntimeUpdate says when a function gets new patch versions of its runtime.
// Default: https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html
type RuntimeUpdate struct {
	Block
	On      Value[string] `json:"on" tf:"update_runtime_on" cfn:"UpdateRuntimeOn" default:"Auto"`
	Version Value[string] `json:"version" tf:"runtime_version_arn" cfn:"RuntimeVersionArn"`
}

// RuntimeUpdates is RuntimeUpdate as a resource of its own.
type RuntimeUpdates struct {
	Resource
	Function      Ref           `tf:"function_name" to:"functions"`
	RuntimeUpdate RuntimeUpdate `tf:"."`
}

// Recursion says as a resource of its own whether a function may invoke itself in a loop.
type Recursion struct {
	Resource
	Function      Ref           `tf:"function_name" to:"functions"`
	RecursiveLoop Value[string] `tf:"recursive_loop"`
}

// ProvisionedConcurrency keeps instances of an alias or a version ready.
type ProvisionedConcurrency struct {
	Resource
	Function   Ref           `json:"function" tf:"function_name" cfn:"FunctionName" to:"functions"`
	Qualifier  Value[string] `json:"qualifier" tf:"qualifier" cfn:"Name"`
	Executions Value[int]    `json:"executions" tf:"provisioned_concurrent_executions" cfn:"ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions"`
}

// Environment holds the environment variables of a function.
type Environment struct {
	Block
	Variables Map `json:"variables" tf:"variables" cfn:"Variables" secret:"key"`
	// References are the variables whose value is the name, URL or ARN of a channel of the stack.
	References EnvironmentReferences `json:"references" tf:"variables" cfn:"Variables"`
}

// VPC is the network that a function is attached to. Absent: AWS's own network.
type VPC struct {
	Block
	Subnets List[Ref] `json:"subnets" tf:"subnet_ids" cfn:"SubnetIds" to:"subnets"`
	// SecurityGroups have the attributes that they are as sources: the default group is an attribute of its VPC.
	SecurityGroups List[Ref]   `json:"security_groups" tf:"security_group_ids" cfn:"SecurityGroupIds" to:"security_groups" sources:"true" symbol:"true"`
	IPv6           Value[bool] `json:"ipv6" tf:"ipv6_allowed_for_dual_stack" cfn:"Ipv6AllowedForDualStack" default:"false"`
}

// FileSystem is a file system that a function mounts.
type FileSystem struct {
	Block
	ARN       Ref           `json:"arn" tf:"arn" cfn:"Arn" to:"access_points"`
	MountPath Value[string] `json:"mount_path" tf:"local_mount_path" cfn:"LocalMountPath"`
}

// DeadLetter is where events go that an asynchronous invocation could not process.
type DeadLetter struct {
	Block
	Target Ref `json:"target" tf:"target_arn" cfn:"TargetArn" to:"channels"`
}

// Tracing says whether X-Ray traces the requests of a function.
type Tracing struct {
	Block
	Mode Value[string] `json:"mode" tf:"mode" cfn:"Mode" sam:"." default:"PassThrough"`
}

// Logging says in which form and where a function logs.
// Defaults: https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html
type Logging struct {
	Block
	Format           Value[string] `json:"format" tf:"log_format" cfn:"LogFormat" default:"Text"`
	Group            Ref           `json:"group" tf:"log_group" cfn:"LogGroup" to:"log_groups"`
	ApplicationLevel Value[string] `json:"application_level" tf:"application_log_level" cfn:"ApplicationLogLevel"`
	SystemLevel      Value[string] `json:"system_level" tf:"system_log_level" cfn:"SystemLogLevel"`
}

// SnapStart says whether a function starts from a snapshot.
type SnapStart struct {
	Block
	ApplyOn Value[string] `json:"apply_on" tf:"apply_on" cfn:"ApplyOn" default:"None"`
}

// Image overrides the settings of a container image.
type Image struct {
	Block
	Command          List[Value[string]] `json:"command" tf:"command" cfn:"Command"`
	EntryPoint       List[Value[string]] `json:"entry_point" tf:"entry_point" cfn:"EntryPoint"`
	WorkingDirectory Value[string]       `json:"working_directory" tf:"working_directory" cfn:"WorkingDirectory"`
}

// Code is where the code of a function or a layer comes from.
type Code struct {
	Block
	Path      Value[string] `json:"path" tf:"filename" cfn:"-" sam:"-"` // local file or directory; SAM: CodeUri, ContentUri
	Inline    Value[string] `json:"inline" cfn:"ZipFile" sam:"InlineCode" secret:"text"`
	ImageURI  Ref           `json:"image_uri" tf:"image_uri" cfn:"ImageUri" to:"repositories"`
	S3Bucket  Ref           `json:"s3_bucket" tf:"s3_bucket" cfn:"S3Bucket" sam:"CodeUri.Bucket|ContentUri.Bucket" to:"buckets"`
	S3Key     Value[string] `json:"s3_key" tf:"s3_key" cfn:"S3Key" sam:"CodeUri.Key|ContentUri.Key"`
	S3Version Value[string] `json:"s3_version" tf:"s3_object_version" cfn:"S3ObjectVersion" sam:"CodeUri.Version|ContentUri.Version"`
	KMSKey    Value[string] `json:"kms_key" tf:"source_kms_key_arn" cfn:"SourceKMSKeyArn" sam:"SourceKMSKeyArn"`

	// StorageMode is COPY, or REFERENCE for a package that Lambda reads from the bucket.
	// Default: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html
	StorageMode Value[string] `json:"storage_mode" cfn:"S3ObjectStorageMode" sam:"CodeUri.StorageMode|ContentUri.StorageMode" default:"COPY"`
	Hash        Value[string] `json:"hash" tf:"source_code_hash|code_sha256"` // of the package

	// Asset is the directory or file that the CDK uploads, relative to the template, filled by the reader.
	Asset Value[string] `json:"asset"`

	// BuildMethod is how SAM makes the package, such as esbuild; absent: by the runtime. EntryPoints are the files that esbuild
	// starts from, External the packages that it leaves out. The reader fills them from the metadata of the function.
	// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/building-custom-runtimes.html
	BuildMethod Value[string]       `json:"build_method"`
	EntryPoints List[Value[string]] `json:"entry_points"`
	External    List[Value[string]] `json:"external"`

	// Sources are the files and directories that a Terraform module packages, in the form of terraform-aws-modules/lambda, and
	// Requirements the lists of Python packages that it installs.
	Sources      List[Value[string]] `json:"sources" tf:"source_path"`
	Requirements List[Value[string]] `json:"requirements" tf:"pip_requirements"`

	// ImageBuild is the build of the container image, filled by the readers of SAM and CDK from the metadata of the function.
	ImageBuild ImageBuild `json:"image_build" tf:"-"`
}

// ImageBuild is from where a container image is built.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build.html#build-container-image
type ImageBuild struct {
	Block
	Context    Value[string] `json:"context" tf:"context"`                            // directory; in Terraform relative to that of the run, otherwise to the template
	Dockerfile Value[string] `json:"dockerfile" tf:"dockerfile" default:"Dockerfile"` // relative to the context
	Target     Value[string] `json:"target" tf:"target"`                              // stage; absent: the last one
	Arguments  Map           `json:"arguments" tf:"build_args|build_arg" secret:"key"`
}

// ContainerImage is an image that the provider of Docker builds, or one that it pushes.
// https://registry.terraform.io/providers/kreuzwerker/docker/latest/docs/resources/image
type ContainerImage struct {
	Resource
	Reference Ref        `json:"reference" tf:"name" to:"container_images"` // REPOSITORY:TAG
	Build     ImageBuild `json:"build" tf:"build"`
}

// FunctionURL is an HTTPS address of a function.
type FunctionURL struct {
	Resource
	Function   Ref           `json:"function" tf:"function_name" cfn:"TargetFunctionArn" to:"functions"`
	Qualifier  Value[string] `json:"qualifier" tf:"qualifier" cfn:"Qualifier"`
	AuthType   Value[string] `json:"auth_type" tf:"authorization_type" cfn:"AuthType"`
	InvokeMode Value[string] `json:"invoke_mode" tf:"invoke_mode" cfn:"InvokeMode" default:"BUFFERED"`
	CORS       CORS          `json:"cors" tf:"cors" cfn:"Cors"`
}

// CORS says which web pages may call a function URL.
type CORS struct {
	Block
	AllowCredentials Value[bool]         `json:"allow_credentials" tf:"allow_credentials" cfn:"AllowCredentials" default:"false"`
	AllowHeaders     List[Value[string]] `json:"allow_headers" tf:"allow_headers" cfn:"AllowHeaders"`
	AllowMethods     List[Value[string]] `json:"allow_methods" tf:"allow_methods" cfn:"AllowMethods"`
	AllowOrigins     List[Value[string]] `json:"allow_origins" tf:"allow_origins" cfn:"AllowOrigins"`
	ExposeHeaders    List[Value[string]] `json:"expose_headers" tf:"expose_headers" cfn:"ExposeHeaders"`
	MaxAge           Value[int]          `json:"max_age" tf:"max_age" cfn:"MaxAge" default:"0"` // seconds
}

// Permission is a statement of a function's resource policy.
type Permission struct {
	Resource
	Function              Ref           `json:"function" tf:"function_name" cfn:"FunctionName" to:"functions"`
	Qualifier             Value[string] `json:"qualifier" tf:"qualifier"`
	Action                Value[string] `json:"action" tf:"action" cfn:"Action"`
	Principal             Value[string] `json:"principal" tf:"principal" cfn:"Principal"`
	PrincipalOrgID        Value[string] `json:"principal_org_id" tf:"principal_org_id" cfn:"PrincipalOrgID"`
	SourceARN             Ref           `json:"source_arn" tf:"source_arn" cfn:"SourceArn" to:"log_groups" sources:"true" service:"true"` // the targets are log groups: of other sources only the ARN tells
	SourceAccount         Value[string] `json:"source_account" tf:"source_account" cfn:"SourceAccount"`
	EventSourceToken      Value[string] `json:"event_source_token" tf:"event_source_token" cfn:"EventSourceToken"`
	FunctionURLAuthType   Value[string] `json:"function_url_auth_type" tf:"function_url_auth_type" cfn:"FunctionUrlAuthType"`
	InvokedViaFunctionURL Value[bool]   `json:"invoked_via_function_url" tf:"invoked_via_function_url" cfn:"InvokedViaFunctionUrl"`
}

// EventSource is an event source mapping: Lambda polls a queue or stream for the function.
type EventSource struct {
	Resource
	// Kind is the type of the event that SAM makes the mapping of, filled by the reader: SQS, MSK, …
	Kind              Value[string]       `json:"kind"`
	Function          Ref                 `json:"function" tf:"function_name" cfn:"FunctionName" to:"functions"`
	Source            Ref                 `json:"source" tf:"event_source_arn" cfn:"EventSourceArn" to:"channels" service:"true"`
	Enabled           Value[bool]         `json:"enabled" tf:"enabled" cfn:"Enabled" default:"true"`
	BatchSize         Value[int]          `json:"batch_size" tf:"batch_size" cfn:"BatchSize"`
	BatchWindow       Value[int]          `json:"batch_window" tf:"maximum_batching_window_in_seconds" cfn:"MaximumBatchingWindowInSeconds"` // seconds
	MaxRetryAttempts  Value[int]          `json:"max_retry_attempts" tf:"maximum_retry_attempts" cfn:"MaximumRetryAttempts"`
	MaxRecordAge      Value[int]          `json:"max_record_age" tf:"maximum_record_age_in_seconds" cfn:"MaximumRecordAgeInSeconds"` // seconds
	BisectOnError     Value[bool]         `json:"bisect_on_error" tf:"bisect_batch_on_function_error" cfn:"BisectBatchOnFunctionError" default:"false"`
	OnFailure         Ref                 `json:"on_failure" tf:"destination_config.on_failure.destination_arn" cfn:"DestinationConfig.OnFailure.Destination" to:"channels"`
	KMSKey            Value[string]       `json:"kms_key" tf:"kms_key_arn" cfn:"KmsKeyArn"`
	StartingPosition  Value[string]       `json:"starting_position" tf:"starting_position" cfn:"StartingPosition"`
	ResponseTypes     List[Value[string]] `json:"response_types" tf:"function_response_types" cfn:"FunctionResponseTypes"`
	MaxConcurrency    Value[int]          `json:"max_concurrency" tf:"scaling_config.maximum_concurrency" cfn:"ScalingConfig.MaximumConcurrency"`
	Parallelization   Value[int]          `json:"parallelization" tf:"parallelization_factor" cfn:"ParallelizationFactor" default:"1"`
	Queues            List[Value[string]] `json:"queues" tf:"queues" cfn:"Queues"`
	Topics            List[Value[string]] `json:"topics" tf:"topics" cfn:"Topics"`
	AccessConfigs     List[SourceAccess]  `json:"access_configs" tf:"source_access_configuration" cfn:"SourceAccessConfigurations"`
	FilterPatterns    List[FilterPattern] `json:"filters" tf:"filter_criteria.filter" cfn:"FilterCriteria.Filters"`
	ProvisionedPoller Value[int]          `json:"provisioned_pollers" tf:"provisioned_poller_config.maximum_pollers" cfn:"ProvisionedPollerConfig.MaximumPollers"`
	MinimumPollers    Value[int]          `json:"minimum_pollers" tf:"provisioned_poller_config.minimum_pollers" cfn:"ProvisionedPollerConfig.MinimumPollers"`
	PollerGroup       Value[string]       `json:"poller_group" tf:"provisioned_poller_config.poller_group_name" cfn:"ProvisionedPollerConfig.PollerGroupName"`
	TumblingWindow    Value[int]          `json:"tumbling_window" tf:"tumbling_window_in_seconds" cfn:"TumblingWindowInSeconds"` // seconds
	Metrics           List[Value[string]] `json:"metrics" tf:"metrics_config.metrics" cfn:"MetricsConfig.Metrics"`
	LogLevel          Value[string]       `json:"log_level" cfn:"LoggingConfig.SystemLogLevel"` // of the mapping, not of the function
	SelfManaged       SelfManaged         `json:"self_managed" tf:"self_managed_event_source" cfn:"SelfManagedEventSource"`
	Kafka             Kafka               `json:"kafka" tf:"amazon_managed_kafka_event_source_config|self_managed_kafka_event_source_config" cfn:"AmazonManagedKafkaEventSourceConfig|SelfManagedKafkaEventSourceConfig"`
	DocumentDB        DocumentDB          `json:"document_db" tf:"document_db_event_source_config" cfn:"DocumentDBEventSourceConfig"`
}

// SelfManaged is a Kafka cluster that AWS does not manage.
type SelfManaged struct {
	Block
	Servers List[Value[string]] `json:"servers" tf:"endpoints.KAFKA_BOOTSTRAP_SERVERS" cfn:"Endpoints.KafkaBootstrapServers"`
}

// Kafka is what only mappings of Kafka have.
type Kafka struct {
	Block
	ConsumerGroup Value[string] `json:"consumer_group" tf:"consumer_group_id" cfn:"ConsumerGroupId"`
	// ConsumptionMode is Stream or Queue.
	// Default: https://docs.aws.amazon.com/lambda/latest/api/API_SelfManagedKafkaEventSourceConfig.html
	ConsumptionMode Value[string]  `json:"consumption_mode" tf:"consumption_mode" cfn:"ConsumptionMode" default:"Stream"`
	SchemaRegistry  SchemaRegistry `json:"schema_registry" tf:"schema_registry_config" cfn:"SchemaRegistryConfig"`
}

// SchemaRegistry has the schemas of the records of a Kafka topic.
type SchemaRegistry struct {
	Block
	URI           Value[string]      `json:"uri" tf:"schema_registry_uri" cfn:"SchemaRegistryURI"` // or the ARN of a registry of Glue
	RecordFormat  Value[string]      `json:"record_format" tf:"event_record_format" cfn:"EventRecordFormat"`
	AccessConfigs List[SourceAccess] `json:"access_configs" tf:"access_config" cfn:"AccessConfigs"`
	Validations   List[Validation]   `json:"validations" tf:"schema_validation_config" cfn:"SchemaValidationConfigs"`
}

// Validation is the part of a record that Lambda checks against its schema.
type Validation struct {
	Block
	Attribute Value[string] `json:"attribute" tf:"attribute" cfn:"Attribute"` // KEY or VALUE
}

// DocumentDB is what only mappings of DocumentDB have.
type DocumentDB struct {
	Block
	Database     Value[string] `json:"database" tf:"database_name" cfn:"DatabaseName"`
	Collection   Value[string] `json:"collection" tf:"collection_name" cfn:"CollectionName"`
	FullDocument Value[string] `json:"full_document" tf:"full_document" cfn:"FullDocument"`
}

// SourceAccess is one way of authenticating against a message broker.
type SourceAccess struct {
	Block
	Type Value[string] `json:"type" tf:"type" cfn:"Type"`
	URI  Value[string] `json:"uri" tf:"uri" cfn:"URI"`
}

// FilterPattern selects the events that reach the function.
type FilterPattern struct {
	Block
	Pattern Value[string] `json:"pattern" tf:"pattern" cfn:"Pattern"`
}

// AsyncConfig says what happens with asynchronous invocations that fail.
// Defaults: https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
type AsyncConfig struct {
	Resource
	Function         Ref           `json:"function" tf:"function_name" cfn:"FunctionName" to:"functions"`
	Qualifier        Value[string] `json:"qualifier" tf:"qualifier" cfn:"Qualifier"`
	MaxRetryAttempts Value[int]    `json:"max_retry_attempts" tf:"maximum_retry_attempts" cfn:"MaximumRetryAttempts" default:"2"`
	MaxEventAge      Value[int]    `json:"max_event_age" tf:"maximum_event_age_in_seconds" cfn:"MaximumEventAgeInSeconds" default:"21600"` // seconds
	OnFailure        Ref           `json:"on_failure" tf:"destination_config.on_failure.destination" cfn:"DestinationConfig.OnFailure.Destination" to:"channels"`
	OnSuccess        Ref           `json:"on_success" tf:"destination_config.on_success.destination" cfn:"DestinationConfig.OnSuccess.Destination" to:"channels"`
}

// Alias is a name for a version of a function.
type Alias struct {
	Resource
	Name     Value[string] `json:"name" tf:"name" cfn:"Name"`
	Function Ref           `json:"function" tf:"function_name" cfn:"FunctionName" to:"functions"`
	Version  Value[string] `json:"version" tf:"function_version" cfn:"FunctionVersion"`
	Routing  Routing       `json:"routing" tf:"routing_config" cfn:"RoutingConfig"`
}

// Version is a published version of a function. Terraform publishes with an argument of the
// function and has no resource for it.
type Version struct {
	Resource
	Function       Ref           `json:"function" cfn:"FunctionName" to:"functions"`
	RuntimeUpdates RuntimeUpdate `json:"runtime_updates" cfn:"RuntimePolicy"`
}

// Layer is a version of a layer.
type Layer struct {
	Resource
	Name          Value[string]       `json:"name" tf:"layer_name" cfn:"LayerName"`
	Runtimes      List[Value[string]] `json:"runtimes" tf:"compatible_runtimes" cfn:"CompatibleRuntimes"`
	Architectures List[Value[string]] `json:"architectures" tf:"compatible_architectures" cfn:"CompatibleArchitectures"`
	Code          Code                `json:"code" tf:"." cfn:"Content" sam:"."`
	Referenced    Value[bool]         `json:"referenced"` // as in Function
}

// LayerPermission lets others use a layer.
type LayerPermission struct {
	Resource
	Layer          Ref           `json:"layer" tf:"layer_name" cfn:"LayerVersionArn" to:"layers"`
	Action         Value[string] `json:"action" tf:"action" cfn:"Action"`
	Principal      Value[string] `json:"principal" tf:"principal" cfn:"Principal"`
	OrganizationID Value[string] `json:"organization_id" tf:"organization_id" cfn:"OrganizationId"`
}

// SigningConfig says whose signature the code of a function needs.
// Default: https://docs.aws.amazon.com/lambda/latest/api/API_CodeSigningPolicies.html
type SigningConfig struct {
	Resource
	Profiles      List[Value[string]] `json:"profiles" tf:"allowed_publishers.signing_profile_version_arns" cfn:"AllowedPublishers.SigningProfileVersionArns"`
	UntrustedCode Value[string]       `json:"untrusted_code" tf:"policies.untrusted_artifact_on_deployment" cfn:"CodeSigningPolicies.UntrustedArtifactOnDeployment" default:"Warn"`
}

// ResourcePolicy is the whole resource policy of a function in one document.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-resourcepolicy.html
type ResourcePolicy struct {
	Resource
	Function   Ref             `json:"function" tf:"resource_arn" cfn:"ResourceArn" to:"functions"`
	Statements List[Statement] `json:"statements" tf:"policy_document|policy" cfn:"PolicyDocument"`
}

// Archive is a package that the configuration itself puts together from texts.
type Archive struct {
	Resource
	Content Value[string]       `json:"content" tf:"source_content" secret:"text"`
	Dir     Value[string]       `json:"directory" tf:"source_dir"`
	File    Value[string]       `json:"file" tf:"source_file"`
	Output  Value[string]       `json:"output" tf:"output_path"`
	Sources List[ArchiveSource] `json:"sources" tf:"source"`
}

// ArchiveSource is a file of an archive.
type ArchiveSource struct {
	Block
	Name    Value[string] `json:"name" tf:"filename"`
	Content Value[string] `json:"content" tf:"content" secret:"text"`
}
