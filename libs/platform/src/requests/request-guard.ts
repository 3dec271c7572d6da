import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RequestBudgets } from './request-budgets.js';
import { addressSubject } from './subject.js';

const COST = 'assent:request-cost';
/** What a request on plain HTTP costs where nothing is declared. */
const USUAL_UNITS = 10;

/**
 * Declares what a request to a route of plain HTTP takes from the budget of the address it comes from; 0 for routes that take it
 * from somebody else's once they know who asks, and for health checks.
 */
export const RequestCost = (units: number) => SetMetadata(COST, units);

/** Whose budget a request on plain HTTP is taken from while nobody is known to ask. */
export const ClientSubject = createParamDecorator((_: unknown, context: ExecutionContext) =>
  addressSubject(context.switchToHttp().getRequest<{ ip: string }>().ip),
);

/** Meters routes of plain HTTP by address; operations of GraphQL are metered by their own cost. */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(RequestBudgets) private readonly budgets: RequestBudgets,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const units =
      this.reflector.getAllAndOverride<number | undefined>(COST, [
        context.getHandler(),
        context.getClass(),
      ]) ?? USUAL_UNITS;
    const { ip } = context.switchToHttp().getRequest<{ ip: string }>();
    if (units > 0) await this.budgets.charge(addressSubject(ip), units);
    return true;
  }
}
