import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, SQSEvent } from 'aws-lambda';
import * as crypto from 'node:crypto';

const { ORDERS_TABLE = 'orders', TOPIC_ARN, LOG_LEVEL: level = 'info' } = process.env;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 3 }), { marshallOptions: { removeUndefinedValues: true } });
const sns = new SNSClient({});

interface Order {
  readonly id: string;
  customer: string;
  lines: Array<{ sku: string; quantity: number; price?: number }>;
  state: 'new' | 'paid' | 'sent';
}

enum Reason {
  Missing = 'MISSING',
  Invalid = 'INVALID',
}

class OrderError extends Error {
  constructor(public readonly reason: Reason, message: string, private readonly cause_?: unknown) {
    super(message);
    this.name = `OrderError<${reason}>`;
  }

  get status(): number {
    return this.reason === Reason.Missing ? 404 : 400;
  }
}

// total is the price of an order in cents.
const total = ({ lines }: Pick<Order, 'lines'>): number => lines.reduce((sum, { quantity, price = 0 }) => sum + quantity * price, 0);

function parse<T extends object>(body: string | undefined): Partial<T> {
  if (!body || !/^\s*\{/.test(body)) {
    throw new OrderError(Reason.Invalid, 'the body is no object');
  }
  return JSON.parse(body) as Partial<T>;
}

async function find(customer: string, limit = 20): Promise<Order[]> {
  const orders: Order[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page: QueryCommandOutput = await documents.send(new QueryCommand({
      TableName: ORDERS_TABLE,
      KeyConditionExpression: 'customer = :customer',
      ExpressionAttributeValues: { ':customer': customer },
      ExclusiveStartKey: start,
    }));
    orders.push(...((page.Items ?? []) as Order[]));
    start = page.LastEvaluatedKey;
  } while (start && orders.length < limit);
  return orders.slice(0, limit);
}

export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  try {
    const order = parse<Order>(event.isBase64Encoded ? Buffer.from(event.body!, 'base64').toString() : event.body);
    const item = { ...order, id: crypto.randomUUID(), state: 'new' as const, total: total(order as Order) };
    await documents.send(new PutCommand({ TableName: ORDERS_TABLE, Item: item, ConditionExpression: 'attribute_not_exists(id)' }));
    if (TOPIC_ARN) {
      await sns.send(new PublishCommand({ TopicArn: TOPIC_ARN, Message: JSON.stringify({ id: item.id }), Subject: `order ${item.id}` }));
    }
    return { statusCode: 201, headers: { location: `/orders/${item.id}` }, body: JSON.stringify(item) };
  } catch (error) {
    level === 'debug' && console.debug('failed', error);
    return { statusCode: error instanceof OrderError ? error.status : 500, body: '' };
  }
};

export async function list(event: APIGatewayProxyEventV2) {
  const orders = await find(event.pathParameters?.['customer'] ?? 'unknown');
  return { statusCode: 200, body: JSON.stringify(orders.map(({ id, state }) => ({ id, state }))) };
}

export const queue = async (event: SQSEvent) => {
  const failures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      await handler({ body } as APIGatewayProxyEventV2);
    } catch {
      failures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures: failures };
};
