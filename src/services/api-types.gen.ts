export interface paths {
  '/api/gallery/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          q?: string;
          sort?: 'activity' | 'created' | 'name';
          trashed?: boolean;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['SessionPage'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': components['schemas']['SessionCreate'] } };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Session'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/gallery/session/{session_id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { session_id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Session'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    patch: {
      parameters: { query?: never; header?: never; path: { session_id: string }; cookie?: never };
      requestBody: { content: { 'application/json': components['schemas']['SessionPatch'] } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Session'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    delete: {
      parameters: {
        query?: { permanent?: boolean };
        header?: never;
        path: { session_id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/gallery/session/{session_id}/restore': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path: { session_id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Session'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/gallery/session/{session_id}/images': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { session_id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['ImageList'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    post: {
      parameters: {
        query?: never;
        header?: { 'Idempotency-Key'?: string };
        path: { session_id: string };
        cookie?: never;
      };
      requestBody: { content: { 'multipart/form-data': components['schemas']['ImageUpload'] } };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Image'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/gallery/session/{session_id}/images/{image_id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: { session_id: string; image_id: string };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': components['schemas']['PlacementPatch'] } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Image'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    delete: {
      parameters: {
        query?: { permanent?: boolean };
        header?: never;
        path: { session_id: string; image_id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/gallery/session/{session_id}/images/{image_id}/restore': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: { session_id: string; image_id: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Image'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/products': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['ProductList'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/generate/directives': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': components['schemas']['DirectivesRequest'] } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['DirectivesAnswer'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
  '/api/generate/image': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': components['schemas']['PictureRequest'] } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['Picture'] };
        };
        422: {
          headers: { [name: string]: unknown };
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
  };
}
export interface components {
  schemas: {
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      errors?: { field: string; message: string }[];
    };
    Session: {
      id: string;
      name: string;
      auto_named: boolean;
      created_at: string;
      updated_at: string;
      user_composition: string;
      saved_products: string[];
      directives_used: string[];
      image_count: number;
      total_bytes: number;
      covers: string[];
      trashed_at: string | null;
    };
    Damaged: { id: string; file: string; reason: string };
    SessionPage: {
      sessions: components['schemas']['Session'][];
      next_cursor: string | null;
      total: number;
      damaged: components['schemas']['Damaged'][];
    };
    SessionCreate: {
      name?: string;
      user_composition?: string;
      saved_products?: string[];
      directives_used?: string[];
    };
    SessionPatch: {
      name?: string | null;
      user_composition?: string;
      saved_products?: string[];
      directives_used?: string[];
    };
    Image: {
      id: string;
      session_id: string;
      filename: string;
      url: string;
      created_at: string;
      directive: string;
      product_id: string;
      product_name: string;
      product_brand: string;
      x: number;
      y: number;
      width: number;
      height: number;
      canvas_width: number | null;
      user_composition: string;
      generator: { [key: string]: unknown } | null;
      media_type: string;
      size: number;
      pixel_width: number;
      pixel_height: number;
      sha256: string;
      source_url: string | null;
    };
    ImageList: {
      session_id: string;
      images: components['schemas']['Image'][];
      damaged: components['schemas']['Damaged'][];
    };
    ImageUpload: {
      image?: string;
      image_url?: string;
      directive: string;
      product_id: string;
      product_name: string;
      product_brand: string;
      x: number;
      y: number;
      width: number;
      height: number;
      canvas_width?: number;
      user_composition?: string;
      generator?: string;
    };
    PlacementPatch: {
      x?: number;
      y?: number;
      width?: number;
      height?: number;
      canvas_width?: number;
    };
    Product: {
      id: string;
      name: string;
      brand: string;
      category: string;
      description: string;
      colors: string[];
    };
    ProductList: { products: components['schemas']['Product'][] };
    DirectivesRequest: {
      user_composition: string;
      count: number;
      used: string[];
      session_id?: string | null;
    };
    DirectivesAnswer: { directives: string[] };
    PictureRequest: {
      user_composition: string;
      directive: string;
      product_id?: string | null;
      seed?: number | null;
      generator?: string | null;
    };
    Picture: {
      image_data: string | null;
      image_url: string | null;
      media_type: string;
      pixel_width: number;
      pixel_height: number;
      directive: string;
      product_id: string;
      product_name: string;
      product_brand: string;
      generator: { [key: string]: unknown };
    };
  };
}
