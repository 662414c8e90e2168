package model

import "reflect"

// bucketKinds are S3 buckets.
type bucketKinds struct {
	Buckets []Bucket `json:"buckets" tf:"aws_s3_bucket" cfn:"AWS::S3::Bucket"`

	// The settings of a bucket are resources of their own in Terraform, and policies also in CloudFormation. Link moves
	// them into their buckets.
	BucketPolicies      []BucketPolicy       `json:"-" tf:"aws_s3_bucket_policy" cfn:"AWS::S3::BucketPolicy"`
	BucketACLs          []BucketACL          `json:"-" tf:"aws_s3_bucket_acl"`
	BucketVersionings   []BucketVersioning   `json:"-" tf:"aws_s3_bucket_versioning"`
	BucketAccessBlocks  []BucketAccessBlock  `json:"-" tf:"aws_s3_bucket_public_access_block"`
	BucketNotifications []BucketNotification `json:"-" tf:"aws_s3_bucket_notification"`
}

// Bucket is an S3 bucket.
type Bucket struct {
	Resource
	Name         Value[string] `json:"name" tf:"bucket" cfn:"BucketName"`
	ACL          Value[string] `json:"acl" tf:"acl" cfn:"AccessControl"` // private, public-read-write or PublicReadWrite, …
	PublicAccess PublicAccess  `json:"public_access" tf:"-" cfn:"PublicAccessBlockConfiguration"`
	// Versioning is Enabled or Suspended.
	Versioning Value[string] `json:"versioning" tf:"-" cfn:"VersioningConfiguration.Status"`
	// InlineVersioning and ObjectLock are switches of the bucket itself. A bucket with object lock has versioning.
	// Defaults: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket
	InlineVersioning Value[bool] `json:"inline_versioning" tf:"versioning.enabled" default:"false"`
	ObjectLock       Value[bool] `json:"object_lock" tf:"object_lock_enabled" cfn:"ObjectLockEnabled" default:"false"`
	// Notifies are the functions that events of the bucket invoke.
	Notifies List[Ref] `json:"notifies" tf:"-" cfn:"NotificationConfiguration.LambdaConfigurations[].Function" to:"functions"`
	// Statements are those of the bucket policies.
	Statements List[Statement] `json:"statements" tf:"policy"`
}

// PublicAccess is the public access block of a bucket. Its switches are off by default, but S3 creates buckets with a
// block whose switches are all on: absent, the block says nothing.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
type PublicAccess struct {
	Block
	BlockACLs       Value[bool] `json:"block_acls" tf:"block_public_acls" cfn:"BlockPublicAcls" default:"false"`
	IgnoreACLs      Value[bool] `json:"ignore_acls" tf:"ignore_public_acls" cfn:"IgnorePublicAcls" default:"false"`
	BlockPolicy     Value[bool] `json:"block_policy" tf:"block_public_policy" cfn:"BlockPublicPolicy" default:"false"`
	RestrictBuckets Value[bool] `json:"restrict_buckets" tf:"restrict_public_buckets" cfn:"RestrictPublicBuckets" default:"false"`
}

// BucketPolicy is the policy of a bucket as a resource of its own.
type BucketPolicy struct {
	Resource
	Bucket     Ref             `tf:"bucket" cfn:"Bucket" to:"buckets"`
	Statements List[Statement] `tf:"policy" cfn:"PolicyDocument"`
}

// BucketACL is the access control list of a bucket as a resource of its own.
type BucketACL struct {
	Resource
	Bucket Ref           `tf:"bucket" to:"buckets"`
	ACL    Value[string] `tf:"acl"`
}

// BucketVersioning is the versioning of a bucket as a resource of its own.
type BucketVersioning struct {
	Resource
	Bucket Ref           `tf:"bucket" to:"buckets"`
	Status Value[string] `tf:"versioning_configuration.status"`
}

// BucketAccessBlock is the public access block of a bucket as a resource of its own.
type BucketAccessBlock struct {
	Resource
	Bucket       Ref          `tf:"bucket" to:"buckets"`
	PublicAccess PublicAccess `tf:"."`
}

// BucketNotification are the notifications of a bucket as a resource of its own.
type BucketNotification struct {
	Resource
	Bucket   Ref       `tf:"bucket" to:"buckets"`
	Notifies List[Ref] `tf:"lambda_function[].lambda_function_arn" to:"functions"`
}

// bucketSettings moves the settings of buckets into the buckets.
func (l *linker) bucketSettings(s *Stack) {
	for _, settings := range []any{&s.BucketPolicies, &s.BucketACLs, &s.BucketVersionings, &s.BucketAccessBlocks, &s.BucketNotifications} {
		l.all(reflect.ValueOf(settings).Elem())
	}
	for i := range s.BucketPolicies {
		p := &s.BucketPolicies[i]
		for _, target := range p.Bucket.targets {
			s.Buckets[target].Statements = s.Buckets[target].Statements.Append(borrow(p.Statements, &p.Resource))
		}
	}
	for i := range s.BucketACLs {
		for _, target := range s.BucketACLs[i].Bucket.targets {
			s.Buckets[target].ACL = s.BucketACLs[i].ACL
		}
	}
	for i := range s.BucketVersionings {
		for _, target := range s.BucketVersionings[i].Bucket.targets {
			s.Buckets[target].Versioning = s.BucketVersionings[i].Status
		}
	}
	for i := range s.BucketAccessBlocks {
		for _, target := range s.BucketAccessBlocks[i].Bucket.targets {
			s.Buckets[target].PublicAccess = s.BucketAccessBlocks[i].PublicAccess
		}
	}
	for i := range s.BucketNotifications {
		for _, target := range s.BucketNotifications[i].Bucket.targets {
			s.Buckets[target].Notifies = s.Buckets[target].Notifies.Append(s.BucketNotifications[i].Notifies)
		}
	}
}
