'use strict';

const AWS = require('aws-sdk');
const { promisify } = require('util');
const fs = require('fs');

const s3 = new AWS.S3({ signatureVersion: 'v4' });
const bucket = process.env.BUCKET || 'uploads';
let cache = null;

function load(key, callback) {
  if (cache && cache[key]) {
    return callback(null, cache[key]);
  }
  s3.getObject({ Bucket: bucket, Key: key }, function (err, data) {
    if (err) {
      console.log('cannot read ' + key + ': ' + err.message);
      return callback(err);
    }
    cache = Object.assign({}, cache, { [key]: data.Body.toString('utf8') });
    callback(null, cache[key]);
  });
}

exports.handler = function (event, context, callback) {
  var records = event.Records || [], done = 0;
  for (var i = 0; i < records.length; i++) {
    var key = decodeURIComponent(records[i].s3.object.key.replace(/\+/g, ' '));
    switch (key.split('.').pop()) {
      case 'json':
      case 'csv':
        load(key, function (err, text) {
          if (err) callback(err);
          else if (++done === records.length) callback(null, { count: done, size: text ? text.length : 0 });
        });
        break;
      default:
        fs.writeFileSync('/tmp/' + key, '');
    }
  }
};

module.exports.sign = async (event) => {
  const { key, expires = 3600 } = JSON.parse(event.body);
  const url = await promisify(s3.getSignedUrl.bind(s3))('getObject', { Bucket: bucket, Key: key, Expires: expires });
  return { statusCode: 200, body: JSON.stringify({ url }) };
};
