const { Stack, Duration, RemovalPolicy, CfnOutput } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');
const s3 = require('aws-cdk-lib/aws-s3');
const s3n = require('aws-cdk-lib/aws-s3-notifications');
const logs = require('aws-cdk-lib/aws-logs');
const cr = require('aws-cdk-lib/custom-resources');
class OrdersStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const fn = new lambda.Function(this, 'Api', {
      runtime: lambda.Runtime.NODEJS_16_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {}'),
      logRetention: logs.RetentionDays.ONE_WEEK,
    });
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    const bucket = new s3.Bucket(this, 'Uploads', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn));
    bucket.grantReadWrite(fn);
    new cr.AwsCustomResource(this, 'Call', { onCreate: { service: 'S3', action: 'listBuckets', physicalResourceId: cr.PhysicalResourceId.of('x') }, policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }) });
    const provider = new cr.Provider(this, 'Prov', { onEventHandler: fn });
  }
}
exports.OrdersStack = OrdersStack;
