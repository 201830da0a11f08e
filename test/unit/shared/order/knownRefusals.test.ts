import {
	refusedFor,
	saysRepeated,
	type RefusedFor,
} from '../../../../nodes/Microesim/shared/order/knownRefusals';

/** What a server says that has booked an order, is booking it, or does not know. */
const DOUBTS = `
System error|系统异常|服务器繁忙|处理中|请求超时|Internal server error|Unknown error|Read timed-out|Success|null
Order is being processed|Request accepted|Operation succeeded|custom_order_no already exists|Duplicate order
Nope|No|Error|Failed|失败|操作失败|下单失败|订单异常|业务异常|数据异常|网络异常|未知错误|数据库异常|请求失败|request error
Parameter accepted|Parameters checked, order placed|Balance deducted|Account charged|Plan purchased|余额扣除成功
Balance deducted, plan not found in cache|Signature ok, processing|Product service unavailable|Account service error
订单已存在|重复下单|订单号重复|请勿重复提交|套餐订购中|Order number exists|This number was used, parameter repeated
java.lang.NullPointerException: parameter is null|Connection reset|Balance: 100|Permission granted|Access granted
No results were found|order not found|Order failed|Carrier error|Invalid response from carrier|Upstream plan error
Account balance updated|Balance query failed|user order error|ok|1|0|-1|{}|[object Object]|<html>|
Data too long for column 'remark' at row 1|SQLSTATE[22001]: 1406 Data too long for column 'custom_email'
Column 'channel_dataplan_id' cannot be null|SQLSTATE[HY093]: Invalid parameter number|Get package info return null
Cannot invoke "Plan.getName()" because "plan" is null|Plan detail empty|产品接口返回为空|商品卡号为空|Failed to send e-mail
Callback to notify_url failed|notify_url 回调失败|Send email failed|Email delivery failed|发送邮箱失败|Remark too long, truncated
Quantity exceeds limit, adjusted|Activation date invalid, default used|激活时间错误，已使用默认值|余额不足提醒|余额不足预警
Balance too low warning|Insufficient balance for next order|Order confirmed; e-mail invalid|订单已生成，邮箱格式错误
Balance debited, plan not found in cache|Amount debited, product unavailable|2 of 3 eSIMs issued; plan sold out
已付款，产品库存不足|库存不足，稍后发货|操作过于频繁，请稍后查看订单|操作频繁，订单已生成|供应商余额不足|上游余额不足|上游套餐不存在
运营商接口签名错误|渠道余额不足，等待补款|Supplier balance insufficient|Carrier account suspended|Provider authentication failed
Supplier signature error|403 Forbidden from supplier|套餐激活异常|套餐开通异常|产品异常|账户异常|账户扣费异常|用户余额更新异常
账户流水写入异常|用户订单异常|商户结算异常|ICCID not found for package|User not found in CRM|Rate of exchange exceeds limit
e-mail cannot be sent. Order was placed|remark may not be shown. order 123 created|notify_url can not be reached
custom_email should receive the esim shortly|number cannot be allocated yet|e-mail must be verified before delivery
custom_order_no must be unique|custom_order_no must not be repeated|custom_order_no cannot be used twice
Package 202401010000000000000042 not found|notify_url is empty|custom_email is null|email invalid|remark is too long
邮箱为空|备注过长|token expired|Request failed: token expired|number must be unique|订单号唯一，参数错误
Order placed. Insufficient balance|Insufficient balance, order placed|余额不足，订单处理中|Success: parameter error
`
	.split(/[\n|]/)
	.filter((text) => text.trim() !== '');

const REFUSALS: Record<RefusedFor, string[]> = {
	account: `
Insufficient balance|Insufficient Balance!|Your account balance is insufficient|Balance not enough|not enough credit
余额不足|账户余额不足，请充值|餘額不足|Unauthorized|Signature error|Signature verification failed|sign error
invalid signature|Signature has expired|timestamp expired|Nonce error|签名错误|签名验证失败|簽名錯誤|Authentication failed
account not exist|The account is disabled|账号不存在|账户被冻结|用户不存在|商户已禁用|Permission denied|No permission
权限不足|无权限|没有访问权限|资金不足|下单失败，余额不足|订单创建失败：余额不足|IP not allowed
Sorry, your balance is insufficient to complete this order|Account is not activated|Authentication failed|IP address is not in the whitelist|ip 1.2.3.4 is not in whitelist
IP不在白名单|非法IP|Access denied|Forbidden`
		.split(/[\n|]/)
		.filter(Boolean),
	rate: `Too many requests|Too many requests, please try again later|Request too frequent|Rate limit exceeded
请求过于频繁|请求过于频繁,请稍后再试|访问频繁|调用频率超限`
		.split(/[\n|]/)
		.filter(Boolean),
	order: `
The data plan does not exist|The data plan is not on sale|Plan not found|Invalid dataplan|Invalid channel_dataplan_id
Invalid data plan|Plan offline|无此套餐|套餐未上架|套餐已停用|package is off shelf|product sold out|套餐不存在|该套餐已下架|产品已售罄|库存不足
Required parameter missing|提交失败：参数有误|Parameter error: quantity|Parameter error|Param error: number|Invalid parameter|number is required
number must be a whole number from 1 to 100|quantity exceeds the limit|数量超限|参数错误|请求参数错误|參數錯誤|参数校验失败
activation_date must be yyyy-MM-dd HH:mm:ss in UTC|activation_date is in the past|activation_date must be within 30 days`
		.split(/[\n|]/)
		.filter(Boolean),
};

it.each(DOUBTS)('does not know "%s" as a refusal', (text) => {
	expect(refusedFor(text)).toBeUndefined();
});

describe.each(Object.entries(REFUSALS))('of %s', (about, texts) => {
	it.each(texts)('knows "%s"', (text) => {
		expect(refusedFor(text)).toBe(about);
	});
});

it('takes the id of the plan that was ordered for no sign of another one', () => {
	const text = 'The data plan "202308161431187762753800" does not exist';
	expect(refusedFor(text, '202308161431187762753800')).toBe('order');
	expect(refusedFor(text, 'other')).toBeUndefined();
	expect(refusedFor(text)).toBeUndefined();
});

it('reads no text that is longer than any known one', () => {
	expect(refusedFor(`insufficient balance${'!'.repeat(100_000)}x`)).toBeUndefined();
});

it('believes no refusal beside words of an order that was made', () => {
	for (const text of Object.values(REFUSALS).flat())
		for (const word of ['Order placed. ', 'Success: ', '处理中,', 'custom_order_no exists; '])
			expect([word + text, refusedFor(word + text)]).toEqual([word + text, undefined]);
});

it.each(['Duplicate order', 'custom_order_no already exists', '订单号重复', '订单已存在'])(
	'hears from "%s" that the number was used before',
	(text) => {
		expect(saysRepeated(text)).toBe(true);
	},
);

it('hears no such thing from what does not exist', () => {
	expect(saysRepeated('The data plan does not exist')).toBe(false);
	expect(saysRepeated('套餐不存在')).toBe(false);
});
