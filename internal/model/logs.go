package model

// logKinds are where logs go.
type logKinds struct {
	LogGroups []LogGroup `json:"log_groups" tf:"aws_cloudwatch_log_group" cfn:"AWS::Logs::LogGroup"`
}

// LogGroup is a CloudWatch log group.
// Defaults: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
type LogGroup struct {
	Resource
	Name      Value[string] `json:"name" tf:"name" cfn:"LogGroupName"`
	Function  Ref           `json:"function" tf:"name" cfn:"LogGroupName" to:"functions"`   // whose log it is, from the name
	Retention Value[int]    `json:"retention" tf:"retention_in_days" cfn:"RetentionInDays"` // days; 0 in Terraform: never expires
	KMSKey    Value[string] `json:"kms_key" tf:"kms_key_id" cfn:"KmsKeyId"`
	Class     Value[string] `json:"class" tf:"log_group_class" cfn:"LogGroupClass" default:"STANDARD"`
}
